;; For each token of a query the largest dot product with a token of a passage (MaxSim), over int8 vectors.
;;
;; All sums are integers and exact. A step takes eight components of one passage token against four query tokens: the passage is read
;; and widened once for the four, and their sums come out side by side, as one vector of maxima. What a step needs of the four lies together,
;; and a turn of the loop takes two steps: counting took a sixth of the time.
(module
  (memory (export "memory") 1)

  (func (export "maxSim")
    (param $query i32) ;; int16 [groups, dimension ÷ 8, 4, 8]: by steps, 16-byte aligned
    (param $groups i32) ;; ≥ 1
    (param $passage i32) ;; int8 [tokens, dimension], row-major
    (param $tokens i32) ;; ≥ 1
    (param $dimension i32) ;; a multiple of 16
    (param $least i32) ;; what a product must exceed
    (param $best i32) ;; int32 [4 × groups], 16-byte aligned: gets the maxima
    (local $end i32)
    (local $token i32)
    (local $last i32)
    (local $p i32)
    (local $stop i32)
    (local $q i32)
    (local $x v128)
    (local $a v128)
    (local $b v128)
    (local $c v128)
    (local $d v128)
    (local $max v128)

    (local.set $end (i32.add (local.get $best) (i32.shl (local.get $groups) (i32.const 4))))
    (local.set $last (i32.add (local.get $passage) (i32.mul (local.get $tokens) (local.get $dimension))))
    (loop $group
      (local.set $max (i32x4.splat (local.get $least)))
      (local.set $token (local.get $passage))
      (loop $passage_token
        (local.set $a (v128.const i32x4 0 0 0 0))
        (local.set $b (v128.const i32x4 0 0 0 0))
        (local.set $c (v128.const i32x4 0 0 0 0))
        (local.set $d (v128.const i32x4 0 0 0 0))
        (local.set $q (local.get $query))
        (local.set $p (local.get $token))
        (local.set $stop (i32.add (local.get $token) (local.get $dimension)))
        (loop $component
          (local.set $x (v128.load8x8_s (local.get $p)))
          (local.set $a (i32x4.add (local.get $a) (i32x4.dot_i16x8_s (local.get $x) (v128.load (local.get $q)))))
          (local.set $b (i32x4.add (local.get $b) (i32x4.dot_i16x8_s (local.get $x) (v128.load offset=16 (local.get $q)))))
          (local.set $c (i32x4.add (local.get $c) (i32x4.dot_i16x8_s (local.get $x) (v128.load offset=32 (local.get $q)))))
          (local.set $d (i32x4.add (local.get $d) (i32x4.dot_i16x8_s (local.get $x) (v128.load offset=48 (local.get $q)))))
          (local.set $x (v128.load8x8_s offset=8 (local.get $p)))
          (local.set $a (i32x4.add (local.get $a) (i32x4.dot_i16x8_s (local.get $x) (v128.load offset=64 (local.get $q)))))
          (local.set $b (i32x4.add (local.get $b) (i32x4.dot_i16x8_s (local.get $x) (v128.load offset=80 (local.get $q)))))
          (local.set $c (i32x4.add (local.get $c) (i32x4.dot_i16x8_s (local.get $x) (v128.load offset=96 (local.get $q)))))
          (local.set $d (i32x4.add (local.get $d) (i32x4.dot_i16x8_s (local.get $x) (v128.load offset=112 (local.get $q)))))
          (local.set $q (i32.add (local.get $q) (i32.const 128)))
          (local.set $p (i32.add (local.get $p) (i32.const 16)))
          (br_if $component (i32.lt_u (local.get $p) (local.get $stop))))
        ;; The four lanes of each sum are added, two sums at a time: a and b, c and d, then both pairs.
        (local.set $a
          (i32x4.add
            (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a) (local.get $b))
            (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a) (local.get $b))))
        (local.set $c
          (i32x4.add
            (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $c) (local.get $d))
            (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $c) (local.get $d))))
        (local.set $max
          (i32x4.max_s
            (local.get $max)
            (i32x4.add
              (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $a) (local.get $c))
              (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $a) (local.get $c)))))
        (local.set $token (local.get $stop))
        (br_if $passage_token (i32.lt_u (local.get $token) (local.get $last))))
      (v128.store (local.get $best) (local.get $max))
      (local.set $query (local.get $q))
      (local.set $best (i32.add (local.get $best) (i32.const 16)))
      (br_if $group (i32.lt_u (local.get $best) (local.get $end))))))
