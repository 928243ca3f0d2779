;; The weighted sum of five columns, each standardised, for very many rows; and the best of their stretches by a simpler sum.
;;
;; Doubles are added in the order of the rows, column by column, and each sum is rounded to a float once a column is added: the numbers are those
;; of a loop over each column alone. Two columns are summed in the two halves of one vector, so that neither waits for the other.
(module
  (import "env" "memory" (memory 1 65536 shared))

  ;; Writes the sum of each column to `out`.
  (func (export "sums")
    (param $a i32) ;; float32, the first column, 16-byte aligned; the others follow
    (param $stride i32) ;; bytes from one column to the next
    (param $bytes i32) ;; of each column that are summed: whole vectors, at least one
    (param $out i32) ;; float64, six: of the five columns, the last one twice
    (local $b i32)
    (local $c i32)
    (local $d i32)
    (local $e i32)
    (local $end i32)
    (local $ab v128)
    (local $cd v128)
    (local $ee v128)
    (local $pair v128)
    (local $x v128)
    (local $y v128)

    (local.set $b (i32.add (local.get $a) (local.get $stride)))
    (local.set $c (i32.add (local.get $b) (local.get $stride)))
    (local.set $d (i32.add (local.get $c) (local.get $stride)))
    (local.set $e (i32.add (local.get $d) (local.get $stride)))
    (local.set $end (i32.add (local.get $a) (local.get $bytes)))
    (loop $rows
      (local.set $x (v128.load (local.get $a)))
      (local.set $y (v128.load (local.get $b)))
      (local.set $pair (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $x) (local.get $y)))
      (local.set $ab (f64x2.add (local.get $ab) (f64x2.promote_low_f32x4 (local.get $pair))))
      (local.set $ab (f64x2.add (local.get $ab) (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $pair) (local.get $pair)))))
      (local.set $pair (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $x) (local.get $y)))
      (local.set $ab (f64x2.add (local.get $ab) (f64x2.promote_low_f32x4 (local.get $pair))))
      (local.set $ab (f64x2.add (local.get $ab) (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $pair) (local.get $pair)))))
      (local.set $x (v128.load (local.get $c)))
      (local.set $y (v128.load (local.get $d)))
      (local.set $pair (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $x) (local.get $y)))
      (local.set $cd (f64x2.add (local.get $cd) (f64x2.promote_low_f32x4 (local.get $pair))))
      (local.set $cd (f64x2.add (local.get $cd) (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $pair) (local.get $pair)))))
      (local.set $pair (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $x) (local.get $y)))
      (local.set $cd (f64x2.add (local.get $cd) (f64x2.promote_low_f32x4 (local.get $pair))))
      (local.set $cd (f64x2.add (local.get $cd) (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $pair) (local.get $pair)))))
      (local.set $x (v128.load (local.get $e)))
      (local.set $y (v128.load (local.get $e)))
      (local.set $pair (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $x) (local.get $y)))
      (local.set $ee (f64x2.add (local.get $ee) (f64x2.promote_low_f32x4 (local.get $pair))))
      (local.set $ee (f64x2.add (local.get $ee) (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $pair) (local.get $pair)))))
      (local.set $pair (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $x) (local.get $y)))
      (local.set $ee (f64x2.add (local.get $ee) (f64x2.promote_low_f32x4 (local.get $pair))))
      (local.set $ee (f64x2.add (local.get $ee) (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $pair) (local.get $pair)))))
      (local.set $a (i32.add (local.get $a) (i32.const 16)))
      (local.set $b (i32.add (local.get $b) (i32.const 16)))
      (local.set $c (i32.add (local.get $c) (i32.const 16)))
      (local.set $d (i32.add (local.get $d) (i32.const 16)))
      (local.set $e (i32.add (local.get $e) (i32.const 16)))
      (br_if $rows (i32.lt_u (local.get $a) (local.get $end))))
    (v128.store (local.get $out) (local.get $ab))
    (v128.store offset=16 (local.get $out) (local.get $cd))
    (v128.store offset=32 (local.get $out) (local.get $ee)))

  ;; Writes the sum of the squared distances from the mean of each column to `out`.
  (func (export "squares")
    (param $a i32) ;; float32, the first column, 16-byte aligned; the others follow
    (param $stride i32) ;; bytes from one column to the next
    (param $bytes i32) ;; of each column that are summed: whole vectors, at least one
    (param $means i32) ;; float64, six: of the five columns, the last one twice
    (param $out i32) ;; float64, six: of the five columns, the last one twice
    (local $b i32)
    (local $c i32)
    (local $d i32)
    (local $e i32)
    (local $end i32)
    (local $ab v128)
    (local $cd v128)
    (local $ee v128)
    (local $pair v128)
    (local $x v128)
    (local $y v128)
    (local $off v128)
    (local $meansAB v128)
    (local $meansCD v128)
    (local $meansEE v128)

    (local.set $b (i32.add (local.get $a) (local.get $stride)))
    (local.set $c (i32.add (local.get $b) (local.get $stride)))
    (local.set $d (i32.add (local.get $c) (local.get $stride)))
    (local.set $e (i32.add (local.get $d) (local.get $stride)))
    (local.set $end (i32.add (local.get $a) (local.get $bytes)))
    (local.set $meansAB (v128.load (local.get $means)))
    (local.set $meansCD (v128.load offset=16 (local.get $means)))
    (local.set $meansEE (v128.load offset=32 (local.get $means)))
    (loop $rows
      (local.set $x (v128.load (local.get $a)))
      (local.set $y (v128.load (local.get $b)))
      (local.set $pair (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $x) (local.get $y)))
      (local.set $off (f64x2.sub (f64x2.promote_low_f32x4 (local.get $pair)) (local.get $meansAB)))
      (local.set $ab (f64x2.add (local.get $ab) (f64x2.mul (local.get $off) (local.get $off))))
      (local.set $off (f64x2.sub (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $pair) (local.get $pair))) (local.get $meansAB)))
      (local.set $ab (f64x2.add (local.get $ab) (f64x2.mul (local.get $off) (local.get $off))))
      (local.set $pair (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $x) (local.get $y)))
      (local.set $off (f64x2.sub (f64x2.promote_low_f32x4 (local.get $pair)) (local.get $meansAB)))
      (local.set $ab (f64x2.add (local.get $ab) (f64x2.mul (local.get $off) (local.get $off))))
      (local.set $off (f64x2.sub (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $pair) (local.get $pair))) (local.get $meansAB)))
      (local.set $ab (f64x2.add (local.get $ab) (f64x2.mul (local.get $off) (local.get $off))))
      (local.set $x (v128.load (local.get $c)))
      (local.set $y (v128.load (local.get $d)))
      (local.set $pair (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $x) (local.get $y)))
      (local.set $off (f64x2.sub (f64x2.promote_low_f32x4 (local.get $pair)) (local.get $meansCD)))
      (local.set $cd (f64x2.add (local.get $cd) (f64x2.mul (local.get $off) (local.get $off))))
      (local.set $off (f64x2.sub (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $pair) (local.get $pair))) (local.get $meansCD)))
      (local.set $cd (f64x2.add (local.get $cd) (f64x2.mul (local.get $off) (local.get $off))))
      (local.set $pair (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $x) (local.get $y)))
      (local.set $off (f64x2.sub (f64x2.promote_low_f32x4 (local.get $pair)) (local.get $meansCD)))
      (local.set $cd (f64x2.add (local.get $cd) (f64x2.mul (local.get $off) (local.get $off))))
      (local.set $off (f64x2.sub (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $pair) (local.get $pair))) (local.get $meansCD)))
      (local.set $cd (f64x2.add (local.get $cd) (f64x2.mul (local.get $off) (local.get $off))))
      (local.set $x (v128.load (local.get $e)))
      (local.set $y (v128.load (local.get $e)))
      (local.set $pair (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $x) (local.get $y)))
      (local.set $off (f64x2.sub (f64x2.promote_low_f32x4 (local.get $pair)) (local.get $meansEE)))
      (local.set $ee (f64x2.add (local.get $ee) (f64x2.mul (local.get $off) (local.get $off))))
      (local.set $off (f64x2.sub (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $pair) (local.get $pair))) (local.get $meansEE)))
      (local.set $ee (f64x2.add (local.get $ee) (f64x2.mul (local.get $off) (local.get $off))))
      (local.set $pair (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $x) (local.get $y)))
      (local.set $off (f64x2.sub (f64x2.promote_low_f32x4 (local.get $pair)) (local.get $meansEE)))
      (local.set $ee (f64x2.add (local.get $ee) (f64x2.mul (local.get $off) (local.get $off))))
      (local.set $off (f64x2.sub (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $pair) (local.get $pair))) (local.get $meansEE)))
      (local.set $ee (f64x2.add (local.get $ee) (f64x2.mul (local.get $off) (local.get $off))))
      (local.set $a (i32.add (local.get $a) (i32.const 16)))
      (local.set $b (i32.add (local.get $b) (i32.const 16)))
      (local.set $c (i32.add (local.get $c) (i32.const 16)))
      (local.set $d (i32.add (local.get $d) (i32.const 16)))
      (local.set $e (i32.add (local.get $e) (i32.const 16)))
      (br_if $rows (i32.lt_u (local.get $a) (local.get $end))))
    (v128.store (local.get $out) (local.get $ab))
    (v128.store offset=16 (local.get $out) (local.get $cd))
    (v128.store offset=32 (local.get $out) (local.get $ee)))

  ;; Writes to `fused` the sum over the columns of weight × (value − mean) ÷ deviation. The last three columns, which keep their values over long
  ;; stretches, are divided again only where they change.
  (func (export "combine")
    (param $a i32) ;; float32, the first column, 16-byte aligned; the others follow
    (param $stride i32) ;; bytes from one column to the next
    (param $bytes i32) ;; of each column that are summed: whole vectors, at least one
    (param $standard i32) ;; float64 [5, 3]: mean, weight and deviation of each column
    (param $fused i32) ;; float32
    (local $b i32)
    (local $c i32)
    (local $d i32)
    (local $e i32)
    (local $end i32)
    (local $meanA v128)
    (local $weightA v128)
    (local $deviationA v128)
    (local $meanB v128)
    (local $weightB v128)
    (local $deviationB v128)
    (local $meanC v128)
    (local $weightC v128)
    (local $deviationC v128)
    (local $meanD v128)
    (local $weightD v128)
    (local $deviationD v128)
    (local $meanE v128)
    (local $weightE v128)
    (local $deviationE v128)
    (local $x v128)
    (local $y v128)
    (local $z v128)
    (local $lastC v128)
    (local $lastD v128)
    (local $lastE v128)
    (local $lowC v128)
    (local $highC v128)
    (local $lowD v128)
    (local $highD v128)
    (local $lowE v128)
    (local $highE v128)
    (local $low v128)
    (local $high v128)
    (local $value v128)

    (local.set $b (i32.add (local.get $a) (local.get $stride)))
    (local.set $c (i32.add (local.get $b) (local.get $stride)))
    (local.set $d (i32.add (local.get $c) (local.get $stride)))
    (local.set $e (i32.add (local.get $d) (local.get $stride)))
    (local.set $end (i32.add (local.get $a) (local.get $bytes)))
    (local.set $meanA (v128.load64_splat (local.get $standard)))
    (local.set $weightA (v128.load64_splat offset=8 (local.get $standard)))
    (local.set $deviationA (v128.load64_splat offset=16 (local.get $standard)))
    (local.set $meanB (v128.load64_splat offset=24 (local.get $standard)))
    (local.set $weightB (v128.load64_splat offset=32 (local.get $standard)))
    (local.set $deviationB (v128.load64_splat offset=40 (local.get $standard)))
    (local.set $meanC (v128.load64_splat offset=48 (local.get $standard)))
    (local.set $weightC (v128.load64_splat offset=56 (local.get $standard)))
    (local.set $deviationC (v128.load64_splat offset=64 (local.get $standard)))
    (local.set $meanD (v128.load64_splat offset=72 (local.get $standard)))
    (local.set $weightD (v128.load64_splat offset=80 (local.get $standard)))
    (local.set $deviationD (v128.load64_splat offset=88 (local.get $standard)))
    (local.set $meanE (v128.load64_splat offset=96 (local.get $standard)))
    (local.set $weightE (v128.load64_splat offset=104 (local.get $standard)))
    (local.set $deviationE (v128.load64_splat offset=112 (local.get $standard)))
    ;; No number: the first rows are new.
    (local.set $lastC (v128.const i32x4 -1 -1 -1 -1))
    (local.set $lastD (v128.const i32x4 -1 -1 -1 -1))
    (local.set $lastE (v128.const i32x4 -1 -1 -1 -1))
    (loop $rows
      (local.set $x (v128.load (local.get $c)))
      (local.set $y (v128.load (local.get $d)))
      (local.set $z (v128.load (local.get $e)))
      (if (v128.any_true
          (v128.or
            (v128.or (v128.xor (local.get $x) (local.get $lastC)) (v128.xor (local.get $y) (local.get $lastD)))
            (v128.xor (local.get $z) (local.get $lastE))))
        (then
          (local.set $lastC (local.get $x))
          (local.set $lowC (f64x2.div (f64x2.mul (f64x2.sub (f64x2.promote_low_f32x4 (local.get $x)) (local.get $meanC)) (local.get $weightC)) (local.get $deviationC)))
          (local.set $highC (f64x2.div (f64x2.mul (f64x2.sub (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $x) (local.get $x))) (local.get $meanC)) (local.get $weightC)) (local.get $deviationC)))
          (local.set $lastD (local.get $y))
          (local.set $lowD (f64x2.div (f64x2.mul (f64x2.sub (f64x2.promote_low_f32x4 (local.get $y)) (local.get $meanD)) (local.get $weightD)) (local.get $deviationD)))
          (local.set $highD (f64x2.div (f64x2.mul (f64x2.sub (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $y) (local.get $y))) (local.get $meanD)) (local.get $weightD)) (local.get $deviationD)))
          (local.set $lastE (local.get $z))
          (local.set $lowE (f64x2.div (f64x2.mul (f64x2.sub (f64x2.promote_low_f32x4 (local.get $z)) (local.get $meanE)) (local.get $weightE)) (local.get $deviationE)))
          (local.set $highE (f64x2.div (f64x2.mul (f64x2.sub (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $z) (local.get $z))) (local.get $meanE)) (local.get $weightE)) (local.get $deviationE)))))
      (local.set $value (v128.load (local.get $a)))
      (local.set $low (f32x4.demote_f64x2_zero (f64x2.add (v128.const f64x2 0 0) (f64x2.div (f64x2.mul (f64x2.sub (f64x2.promote_low_f32x4 (local.get $value)) (local.get $meanA)) (local.get $weightA)) (local.get $deviationA)))))
      (local.set $high (f32x4.demote_f64x2_zero (f64x2.add (v128.const f64x2 0 0) (f64x2.div (f64x2.mul (f64x2.sub (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $value) (local.get $value))) (local.get $meanA)) (local.get $weightA)) (local.get $deviationA)))))
      (local.set $value (v128.load (local.get $b)))
      (local.set $low (f32x4.demote_f64x2_zero (f64x2.add (f64x2.promote_low_f32x4 (local.get $low)) (f64x2.div (f64x2.mul (f64x2.sub (f64x2.promote_low_f32x4 (local.get $value)) (local.get $meanB)) (local.get $weightB)) (local.get $deviationB)))))
      (local.set $high (f32x4.demote_f64x2_zero (f64x2.add (f64x2.promote_low_f32x4 (local.get $high)) (f64x2.div (f64x2.mul (f64x2.sub (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $value) (local.get $value))) (local.get $meanB)) (local.get $weightB)) (local.get $deviationB)))))
      (local.set $low (f32x4.demote_f64x2_zero (f64x2.add (f64x2.promote_low_f32x4 (local.get $low)) (local.get $lowC))))
      (local.set $high (f32x4.demote_f64x2_zero (f64x2.add (f64x2.promote_low_f32x4 (local.get $high)) (local.get $highC))))
      (local.set $low (f32x4.demote_f64x2_zero (f64x2.add (f64x2.promote_low_f32x4 (local.get $low)) (local.get $lowD))))
      (local.set $high (f32x4.demote_f64x2_zero (f64x2.add (f64x2.promote_low_f32x4 (local.get $high)) (local.get $highD))))
      (local.set $low (f32x4.demote_f64x2_zero (f64x2.add (f64x2.promote_low_f32x4 (local.get $low)) (local.get $lowE))))
      (local.set $high (f32x4.demote_f64x2_zero (f64x2.add (f64x2.promote_low_f32x4 (local.get $high)) (local.get $highE))))
      (v128.store (local.get $fused) (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $low) (local.get $high)))
      (local.set $fused (i32.add (local.get $fused) (i32.const 16)))
      (local.set $a (i32.add (local.get $a) (i32.const 16)))
      (local.set $b (i32.add (local.get $b) (i32.const 16)))
      (local.set $c (i32.add (local.get $c) (i32.const 16)))
      (local.set $d (i32.add (local.get $d) (i32.const 16)))
      (local.set $e (i32.add (local.get $e) (i32.const 16)))
      (br_if $rows (i32.lt_u (local.get $a) (local.get $end)))))

  ;; Adds weight × value to each of `fused`.
  (func (export "add")
    (param $column i32) ;; float32, 16-byte aligned
    (param $bytes i32) ;; whole vectors, at least one
    (param $weight f64)
    (param $fused i32) ;; float32
    (local $end i32)
    (local $by v128)
    (local $value v128)
    (local $sum v128)

    (local.set $by (f64x2.splat (local.get $weight)))
    (local.set $end (i32.add (local.get $column) (local.get $bytes)))
    (loop $rows
      (local.set $value (v128.load (local.get $column)))
      (local.set $sum (v128.load (local.get $fused)))
      (v128.store (local.get $fused)
        (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
          (f32x4.demote_f64x2_zero
            (f64x2.add (f64x2.promote_low_f32x4 (local.get $sum)) (f64x2.mul (local.get $by) (f64x2.promote_low_f32x4 (local.get $value)))))
          (f32x4.demote_f64x2_zero
            (f64x2.add (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $sum) (local.get $sum))) (f64x2.mul (local.get $by) (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $value) (local.get $value))))))))
      (local.set $fused (i32.add (local.get $fused) (i32.const 16)))
      (local.set $column (i32.add (local.get $column) (i32.const 16)))
      (br_if $rows (i32.lt_u (local.get $column) (local.get $end)))))

  ;; Of each of some stretches of rows, one after the other, the highest a + b + c × weight + d × weight, in doubles.
  (func (export "highest")
    (param $a i32) ;; float32 each
    (param $b i32)
    (param $c i32)
    (param $d i32)
    (param $weightC f64)
    (param $weightD f64)
    (param $ends i32) ;; int32 [count]: the row after each stretch, ascending, each at least one row
    (param $count i32) ;; ≥ 1
    (param $out i32) ;; float64 [count]
    (local $at i32) ;; bytes of the rows before
    (local $end i32)
    (local $pairs i32) ;; where the last whole pair ends
    (local $best f64)
    (local $byC v128)
    (local $byD v128)
    (local $bests v128)

    (local.set $byC (f64x2.splat (local.get $weightC)))
    (local.set $byD (f64x2.splat (local.get $weightD)))
    (loop $each_stretch
      (local.set $end (i32.shl (i32.load (local.get $ends)) (i32.const 2)))
      (local.set $pairs
        (i32.add (local.get $at) (i32.and (i32.sub (local.get $end) (local.get $at)) (i32.const -8))))
      (local.set $bests (v128.const f64x2 -inf -inf))
      (block $no_pair
        (loop $each_pair
          (br_if $no_pair (i32.ge_u (local.get $at) (local.get $pairs)))
          (local.set $bests
            (f64x2.pmax
              (local.get $bests)
              (f64x2.add
                (f64x2.add
                  (f64x2.add
                    (f64x2.promote_low_f32x4 (v128.load64_zero (i32.add (local.get $a) (local.get $at))))
                    (f64x2.promote_low_f32x4 (v128.load64_zero (i32.add (local.get $b) (local.get $at)))))
                  (f64x2.mul
                    (local.get $byC)
                    (f64x2.promote_low_f32x4 (v128.load64_zero (i32.add (local.get $c) (local.get $at))))))
                (f64x2.mul
                  (local.get $byD)
                  (f64x2.promote_low_f32x4 (v128.load64_zero (i32.add (local.get $d) (local.get $at))))))))
          (local.set $at (i32.add (local.get $at) (i32.const 8)))
          (br $each_pair)))
      (local.set $best
        (f64.max (f64x2.extract_lane 0 (local.get $bests)) (f64x2.extract_lane 1 (local.get $bests))))
      (if (i32.lt_u (local.get $at) (local.get $end))
        (then
          (local.set $best
            (f64.max
              (local.get $best)
              (f64.add
                (f64.add
                  (f64.add
                    (f64.promote_f32 (f32.load (i32.add (local.get $a) (local.get $at))))
                    (f64.promote_f32 (f32.load (i32.add (local.get $b) (local.get $at)))))
                  (f64.mul
                    (local.get $weightC)
                    (f64.promote_f32 (f32.load (i32.add (local.get $c) (local.get $at))))))
                (f64.mul
                  (local.get $weightD)
                  (f64.promote_f32 (f32.load (i32.add (local.get $d) (local.get $at))))))))))
      (local.set $at (local.get $end))
      (f64.store (local.get $out) (local.get $best))
      (local.set $out (i32.add (local.get $out) (i32.const 8)))
      (local.set $ends (i32.add (local.get $ends) (i32.const 4)))
      (br_if $each_stretch (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))
