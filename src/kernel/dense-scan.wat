;; Dot products of one query with very many vectors of int8, and how floats become such vectors.
(module
  (import "env" "memory" (memory 1 65536 shared))

  ;; Writes to `products` (int32, one per row) the exact integer product of each row with the query.
  (func (export "scan")
    (param $query i32) ;; int16 [dimension], 16-byte aligned
    (param $row i32) ;; int8 [rows, dimension], row-major
    (param $rows i32) ;; ≥ 1
    (param $dimension i32) ;; a multiple of 16
    (param $products i32)
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
      (i32.store
        (local.get $products)
        (i32.add (i32x4.extract_lane 0 (local.get $a)) (i32x4.extract_lane 1 (local.get $a))))
      (local.set $products (i32.add (local.get $products) (i32.const 4)))
      (br_if $each_row (i32.lt_u (local.get $row) (local.get $end)))))

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
