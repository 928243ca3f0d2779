;; Dot products of one query with very many vectors of int8, and how floats become such vectors.
(module
  (import "env" "memory" (memory 1 65536 shared))

  ;; Writes to `cosines` (float32, one per row) the exact integer product of each row with the query, times what the units stand for.
  (func (export "scan")
    (param $query i32) ;; int16 [dimension], 16-byte aligned
    (param $row i32) ;; int8 [rows, dimension], row-major
    (param $rows i32) ;; ≥ 1
    (param $dimension i32) ;; a multiple of 16
    (param $scales i32) ;; float32 [rows]: what one unit of a row stands for
    (param $unit f64) ;; what one unit of the query stands for
    (param $cosines i32)
    (local $end i32)
    (local $stop i32)
    (local $q i32)
    (local $a v128)
    (local $b v128)

    (local.set $end (i32.add (local.get $row) (i32.mul (local.get $rows) (local.get $dimension))))
    (loop $each_row
      (local.set $a (v128.const i32x4 0 0 0 0))
      (local.set $b (v128.const i32x4 0 0 0 0))
      (local.set $q (local.get $query))
      (local.set $stop (i32.add (local.get $row) (local.get $dimension)))
      ;; Two sums, so that one does not wait for the other.
      (loop $component
        (local.set $a
          (i32x4.add
            (local.get $a)
            (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $row)) (v128.load (local.get $q)))))
        (local.set $b
          (i32x4.add
            (local.get $b)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $row)) (v128.load offset=16 (local.get $q)))))
        (local.set $q (i32.add (local.get $q) (i32.const 32)))
        (local.set $row (i32.add (local.get $row) (i32.const 16)))
        (br_if $component (i32.lt_u (local.get $row) (local.get $stop))))
      (local.set $a (i32x4.add (local.get $a) (local.get $b)))
      (local.set $a
        (i32x4.add
          (local.get $a)
          (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $a) (local.get $a))))
      (f32.store
        (local.get $cosines)
        (f32.demote_f64
          (f64.mul
            (f64.mul
              (f64.convert_i32_s
                (i32.add (i32x4.extract_lane 0 (local.get $a)) (i32x4.extract_lane 1 (local.get $a))))
              (f64.promote_f32 (f32.load (local.get $scales))))
            (local.get $unit))))
      (local.set $cosines (i32.add (local.get $cosines) (i32.const 4)))
      (local.set $scales (i32.add (local.get $scales) (i32.const 4)))
      (br_if $each_row (i32.lt_u (local.get $row) (local.get $end)))))

  ;; The same for rows that are in the cache already: four at a time, so that the query is read once for them. Rows that come from memory are
  ;; read faster one after the other, as one stream.
  (func (export "scanCached")
    (param $query i32) ;; int16 [dimension], 16-byte aligned
    (param $row i32) ;; int8 [rows, dimension], row-major
    (param $rows i32) ;; a multiple of 4, ≥ 4
    (param $dimension i32) ;; a multiple of 16
    (param $scales i32) ;; float32 [rows]: what one unit of a row stands for
    (param $unit f64) ;; what one unit of the query stands for
    (param $cosines i32)
    (local $end i32)
    (local $stop i32)
    (local $q i32)
    (local $r1 i32)
    (local $r2 i32)
    (local $r3 i32)
    (local $x v128)
    (local $y v128)
    (local $a v128)
    (local $b v128)
    (local $c v128)
    (local $d v128)
    (local $units v128)

    (local.set $units (f64x2.splat (local.get $unit)))
    (local.set $end (i32.add (local.get $row) (i32.mul (local.get $rows) (local.get $dimension))))
    (loop $each_four
      (local.set $a (v128.const i32x4 0 0 0 0))
      (local.set $b (v128.const i32x4 0 0 0 0))
      (local.set $c (v128.const i32x4 0 0 0 0))
      (local.set $d (v128.const i32x4 0 0 0 0))
      (local.set $q (local.get $query))
      (local.set $stop (i32.add (local.get $row) (local.get $dimension)))
      (local.set $r1 (local.get $stop))
      (local.set $r2 (i32.add (local.get $r1) (local.get $dimension)))
      (local.set $r3 (i32.add (local.get $r2) (local.get $dimension)))
      (loop $component
        (local.set $x (v128.load (local.get $q)))
        (local.set $y (v128.load offset=16 (local.get $q)))
        (local.set $a
          (i32x4.add (local.get $a) (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $row)) (local.get $x))))
        (local.set $a
          (i32x4.add (local.get $a) (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $row)) (local.get $y))))
        (local.set $b
          (i32x4.add (local.get $b) (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $r1)) (local.get $x))))
        (local.set $b
          (i32x4.add (local.get $b) (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $r1)) (local.get $y))))
        (local.set $c
          (i32x4.add (local.get $c) (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $r2)) (local.get $x))))
        (local.set $c
          (i32x4.add (local.get $c) (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $r2)) (local.get $y))))
        (local.set $d
          (i32x4.add (local.get $d) (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $r3)) (local.get $x))))
        (local.set $d
          (i32x4.add (local.get $d) (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $r3)) (local.get $y))))
        (local.set $q (i32.add (local.get $q) (i32.const 32)))
        (local.set $r1 (i32.add (local.get $r1) (i32.const 16)))
        (local.set $r2 (i32.add (local.get $r2) (i32.const 16)))
        (local.set $r3 (i32.add (local.get $r3) (i32.const 16)))
        (local.set $row (i32.add (local.get $row) (i32.const 16)))
        (br_if $component (i32.lt_u (local.get $row) (local.get $stop))))
      ;; The four lanes of each sum are added, two sums at a time: a and b, c and d, then both pairs.
      (local.set $a
        (i32x4.add
          (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a) (local.get $b))
          (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a) (local.get $b))))
      (local.set $c
        (i32x4.add
          (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $c) (local.get $d))
          (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $c) (local.get $d))))
      (local.set $a
        (i32x4.add
          (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $a) (local.get $c))
          (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $a) (local.get $c))))
      (v128.store64_lane 0
        (local.get $cosines)
        (f32x4.demote_f64x2_zero
          (f64x2.mul
            (f64x2.mul
              (f64x2.convert_low_i32x4_s (local.get $a))
              (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $scales))))
            (local.get $units))))
      (v128.store64_lane offset=8 0
        (local.get $cosines)
        (f32x4.demote_f64x2_zero
          (f64x2.mul
            (f64x2.mul
              (f64x2.convert_low_i32x4_s
                (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $a) (local.get $a)))
              (f64x2.promote_low_f32x4 (v128.load64_zero offset=8 (local.get $scales))))
            (local.get $units))))
      (local.set $cosines (i32.add (local.get $cosines) (i32.const 16)))
      (local.set $scales (i32.add (local.get $scales) (i32.const 16)))
      (local.set $row (local.get $r3))
      (br_if $each_four (i32.lt_u (local.get $row) (local.get $end)))))

  ;; For each run of rows of one group writes to `best` [runs, 5]: the group (int32), then of its rows of kind 0 and of kind 1 the highest
  ;; cosine (float32) and the first row that has it (int32), −∞ and −1 where it has none. Returns the number of runs.
  ;; Without branches on kind and cosine, which no processor can foresee.
  (func (export "best")
    (param $cosines i32) ;; float32 [rows]
    (param $groups i32) ;; int32 [rows], ≥ 0
    (param $kinds i32) ;; uint8 [rows], 0 or 1
    (param $rows i32) ;; ≥ 1
    (param $key i32) ;; of the first row
    (param $best i32)
    (result i32)
    (local $from i32)
    (local $end i32)
    (local $group i32)
    (local $bits i32)
    (local $mask i32)
    (local $kind i32)
    (local $best0 i32)
    (local $key0 i32)
    (local $best1 i32)
    (local $key1 i32)

    (local.set $from (local.get $best))
    (local.set $end (i32.add (local.get $cosines) (i32.shl (local.get $rows) (i32.const 2))))
    (loop $each_run
      (local.set $group (i32.load (local.get $groups)))
      (local.set $best0 (i32.const 0xff800000)) ;; the bits of −∞
      (local.set $best1 (i32.const 0xff800000))
      (local.set $key0 (i32.const -1))
      (local.set $key1 (i32.const -1))
      (block $run_ends
        (loop $each_row
          (local.set $bits (i32.load (local.get $cosines)))
          (local.set $kind (i32.load8_u (local.get $kinds)))
          ;; All ones where the row is of kind 0 and better, else zero: a ^ ((a ^ b) & mask) is b or a.
          (local.set $mask
            (i32.sub
              (i32.const 0)
              (i32.and
                (f32.gt (f32.reinterpret_i32 (local.get $bits)) (f32.reinterpret_i32 (local.get $best0)))
                (i32.xor (local.get $kind) (i32.const 1)))))
          (local.set $best0
            (i32.xor
              (local.get $best0)
              (i32.and (i32.xor (local.get $best0) (local.get $bits)) (local.get $mask))))
          (local.set $key0
            (i32.xor
              (local.get $key0)
              (i32.and (i32.xor (local.get $key0) (local.get $key)) (local.get $mask))))
          (local.set $mask
            (i32.sub
              (i32.const 0)
              (i32.and
                (f32.gt (f32.reinterpret_i32 (local.get $bits)) (f32.reinterpret_i32 (local.get $best1)))
                (local.get $kind))))
          (local.set $best1
            (i32.xor
              (local.get $best1)
              (i32.and (i32.xor (local.get $best1) (local.get $bits)) (local.get $mask))))
          (local.set $key1
            (i32.xor
              (local.get $key1)
              (i32.and (i32.xor (local.get $key1) (local.get $key)) (local.get $mask))))
          (local.set $cosines (i32.add (local.get $cosines) (i32.const 4)))
          (local.set $groups (i32.add (local.get $groups) (i32.const 4)))
          (local.set $kinds (i32.add (local.get $kinds) (i32.const 1)))
          (local.set $key (i32.add (local.get $key) (i32.const 1)))
          (br_if $run_ends (i32.ge_u (local.get $cosines) (local.get $end)))
          (br_if $each_row (i32.eq (i32.load (local.get $groups)) (local.get $group)))))
      (i32.store (local.get $best) (local.get $group))
      (i32.store offset=4 (local.get $best) (local.get $best0))
      (i32.store offset=8 (local.get $best) (local.get $key0))
      (i32.store offset=12 (local.get $best) (local.get $best1))
      (i32.store offset=16 (local.get $best) (local.get $key1))
      (local.set $best (i32.add (local.get $best) (i32.const 20)))
      (br_if $each_run (i32.lt_u (local.get $cosines) (local.get $end))))
    (i32.div_u (i32.sub (local.get $best) (local.get $from)) (i32.const 20)))

  ;; Rounds each row of float32 to int8 by its own scale: the largest component becomes ±127, `scales` (float32, one per row) what one
  ;; unit stands for. A row of zeros has the scale 0.
  (func (export "quantize")
    (param $floats i32) ;; float32 [rows, dimension], row-major, 16-byte aligned
    (param $rows i32) ;; ≥ 1
    (param $dimension i32) ;; a multiple of 16
    (param $out i32) ;; int8 [rows, dimension]
    (param $scales i32)
    (local $end i32)
    (local $from i32)
    (local $stop i32)
    (local $size i32) ;; bytes of one row of floats
    (local $most f32)
    (local $max v128)
    (local $factor v128)

    (local.set $size (i32.shl (local.get $dimension) (i32.const 2)))
    (local.set $end (i32.add (local.get $floats) (i32.mul (local.get $rows) (local.get $size))))
    (loop $each_row
      (local.set $stop (i32.add (local.get $floats) (local.get $size)))
      (local.set $from (local.get $floats))
      (local.set $max (v128.const f32x4 0 0 0 0))
      (loop $component
        (local.set $max (f32x4.max (local.get $max) (f32x4.abs (v128.load (local.get $from)))))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (br_if $component (i32.lt_u (local.get $from) (local.get $stop))))
      (local.set $most
        (f32.max
          (f32.max (f32x4.extract_lane 0 (local.get $max)) (f32x4.extract_lane 1 (local.get $max)))
          (f32.max (f32x4.extract_lane 2 (local.get $max)) (f32x4.extract_lane 3 (local.get $max)))))
      (f32.store (local.get $scales) (f32.div (local.get $most) (f32.const 127)))
      ;; 127 ÷ 0 would be infinite, and 0 × that no number; trunc_sat would make 0 of it all the same.
      (local.set $factor (f32x4.splat (f32.div (f32.const 127) (local.get $most))))
      (local.set $from (local.get $floats))
      (loop $component
        (v128.store
          (local.get $out)
          (i8x16.narrow_i16x8_s
            (i16x8.narrow_i32x4_s
              (i32x4.trunc_sat_f32x4_s
                (f32x4.nearest (f32x4.mul (v128.load (local.get $from)) (local.get $factor))))
              (i32x4.trunc_sat_f32x4_s
                (f32x4.nearest (f32x4.mul (v128.load offset=16 (local.get $from)) (local.get $factor)))))
            (i16x8.narrow_i32x4_s
              (i32x4.trunc_sat_f32x4_s
                (f32x4.nearest (f32x4.mul (v128.load offset=32 (local.get $from)) (local.get $factor))))
              (i32x4.trunc_sat_f32x4_s
                (f32x4.nearest (f32x4.mul (v128.load offset=48 (local.get $from)) (local.get $factor)))))))
        (local.set $out (i32.add (local.get $out) (i32.const 16)))
        (local.set $from (i32.add (local.get $from) (i32.const 64)))
        (br_if $component (i32.lt_u (local.get $from) (local.get $stop))))
      (local.set $scales (i32.add (local.get $scales) (i32.const 4)))
      (local.set $floats (local.get $stop))
      (br_if $each_row (i32.lt_u (local.get $floats) (local.get $end))))))
