;; Dot products of one query with very many vectors of int8, and how floats become such vectors.
(module
  (import "env" "memory" (memory 1 65536 shared))

  ;; Writes to `cosines` (float32, one per row) the exact integer product of each row with the query, times what the units stand for.
  (func $scan (export "scan")
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

  ;; The same of four rows at a time that lie a quarter of all apart: the processor foresees what of a page of 4096 bytes comes next, but not which page, so
  ;; that of four pages at a time it waits for memory a third less. In the cache it is as fast as with neighbours.
  (func $scanFour
    (param $query i32) ;; int16 [dimension], 16-byte aligned
    (param $row i32) ;; int8 [4 × rows, dimension], row-major
    (param $rows i32) ;; a quarter of them, ≥ 1
    (param $dimension i32) ;; a multiple of 16
    (param $scales i32) ;; float32 [4 × rows]: what one unit of a row stands for
    (param $unit f64) ;; what one unit of the query stands for
    (param $cosines i32)
    (local $end i32)
    (local $stop i32)
    (local $q i32)
    (local $r1 i32)
    (local $r2 i32)
    (local $r3 i32)
    (local $apart i32) ;; the bytes of a quarter's cosines
    (local $s2 i32)
    (local $c2 i32)
    (local $x v128)
    (local $y v128)
    (local $a v128)
    (local $b v128)
    (local $c v128)
    (local $d v128)
    (local $units v128)

    (local.set $units (f64x2.splat (local.get $unit)))
    (local.set $apart (i32.shl (local.get $rows) (i32.const 2)))
    (local.set $stop (i32.mul (local.get $rows) (local.get $dimension)))
    (local.set $end (i32.add (local.get $row) (local.get $stop)))
    (local.set $r1 (local.get $end))
    (local.set $r2 (i32.add (local.get $r1) (local.get $stop)))
    (local.set $r3 (i32.add (local.get $r2) (local.get $stop)))
    (loop $each_four
      (local.set $a (v128.const i32x4 0 0 0 0))
      (local.set $b (v128.const i32x4 0 0 0 0))
      (local.set $c (v128.const i32x4 0 0 0 0))
      (local.set $d (v128.const i32x4 0 0 0 0))
      (local.set $q (local.get $query))
      (local.set $stop (i32.add (local.get $row) (local.get $dimension)))
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
      ;; Two cosines at a time, written out: a call of each pair takes a tenth of the scan.
      (local.set $s2 (i32.add (local.get $scales) (i32.shl (local.get $apart) (i32.const 1))))
      (local.set $c2 (i32.add (local.get $cosines) (i32.shl (local.get $apart) (i32.const 1))))
      (local.set $x
        (f32x4.demote_f64x2_zero
          (f64x2.mul
            (f64x2.mul
              (f64x2.convert_low_i32x4_s (local.get $a))
              (f64x2.promote_low_f32x4
                (v128.load32_lane 1
                  (i32.add (local.get $scales) (local.get $apart))
                  (v128.load32_zero (local.get $scales)))))
            (local.get $units))))
      (local.set $y
        (f32x4.demote_f64x2_zero
          (f64x2.mul
            (f64x2.mul
              (f64x2.convert_low_i32x4_s
                (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $a) (local.get $a)))
              (f64x2.promote_low_f32x4
                (v128.load32_lane 1
                  (i32.add (local.get $s2) (local.get $apart))
                  (v128.load32_zero (local.get $s2)))))
            (local.get $units))))
      (v128.store32_lane 0 (local.get $cosines) (local.get $x))
      (v128.store32_lane 1 (i32.add (local.get $cosines) (local.get $apart)) (local.get $x))
      (v128.store32_lane 0 (local.get $c2) (local.get $y))
      (v128.store32_lane 1 (i32.add (local.get $c2) (local.get $apart)) (local.get $y))
      (local.set $cosines (i32.add (local.get $cosines) (i32.const 4)))
      (local.set $scales (i32.add (local.get $scales) (i32.const 4)))
      (br_if $each_four (i32.lt_u (local.get $row) (local.get $end)))))

  ;; Of some rows takes over into the columns of their groups what is better: the highest cosine of its rows of kind 0 and the first row that
  ;; has it, the same of kind 1. Without branches on the kind and the cosine of a row, which no processor can foresee: kind 0 is lane 0, kind 1
  ;; is lane 1.
  (func $best
    (param $cosines i32) ;; float32 [rows]
    (param $groups i32) ;; int32 [rows], ≥ 0
    (param $kinds i32) ;; uint8 [rows], 0 or 1
    (param $rows i32) ;; ≥ 1
    (param $key i32) ;; of the first row
    (param $columns i32) ;; float32, int32, float32, int32 [size] each: see `take`
    (param $size i32)
    (local $end i32)
    (local $group i32)
    (local $row v128) ;; its cosine in the lane of its kind, −∞ in the others
    (local $best v128)
    (local $keys v128)
    (local $all v128) ;; the key of the row

    (local.set $size (i32.shl (local.get $size) (i32.const 2)))
    (local.set $end (i32.add (local.get $cosines) (i32.shl (local.get $rows) (i32.const 2))))
    (local.set $all (i32x4.splat (local.get $key)))
    (loop $each_run
      (local.set $group (i32.load (local.get $groups)))
      (local.set $best (v128.const f32x4 -inf -inf -inf -inf))
      (local.set $keys (v128.const i32x4 -1 -1 -1 -1))
      (block $run_ends
        (loop $each_row
          (local.set $row
            (v128.bitselect
              (v128.load32_splat (local.get $cosines))
              (v128.const f32x4 -inf -inf -inf -inf)
              (i32x4.eq (i32x4.splat (i32.load8_u (local.get $kinds))) (v128.const i32x4 0 1 2 3))))
          (local.set $keys
            (v128.bitselect (local.get $all) (local.get $keys) (f32x4.gt (local.get $row) (local.get $best))))
          (local.set $best (f32x4.pmax (local.get $best) (local.get $row)))
          (local.set $all (i32x4.add (local.get $all) (v128.const i32x4 1 1 1 1)))
          (local.set $cosines (i32.add (local.get $cosines) (i32.const 4)))
          (local.set $groups (i32.add (local.get $groups) (i32.const 4)))
          (local.set $kinds (i32.add (local.get $kinds) (i32.const 1)))
          (br_if $run_ends (i32.ge_u (local.get $cosines) (local.get $end)))
          (br_if $each_row (i32.eq (i32.load (local.get $groups)) (local.get $group)))))
      (local.set $group (i32.add (local.get $columns) (i32.shl (local.get $group) (i32.const 2))))
      ;; What stands there is of an earlier stretch of the same group.
      (if (i32.ge_s (i32x4.extract_lane 0 (local.get $keys)) (i32.const 0))
        (then
          (if
            (i32.or
              (i32.lt_s (i32.load (i32.add (local.get $group) (local.get $size))) (i32.const 0))
              (f32.gt (f32x4.extract_lane 0 (local.get $best)) (f32.load (local.get $group))))
            (then
              (v128.store32_lane 0 (local.get $group) (local.get $best))
              (v128.store32_lane 0 (i32.add (local.get $group) (local.get $size)) (local.get $keys))))))
      (local.set $group (i32.add (local.get $group) (i32.shl (local.get $size) (i32.const 1))))
      (if (i32.ge_s (i32x4.extract_lane 1 (local.get $keys)) (i32.const 0))
        (then
          (if
            (i32.or
              (i32.lt_s (i32.load (i32.add (local.get $group) (local.get $size))) (i32.const 0))
              (f32.gt (f32x4.extract_lane 1 (local.get $best)) (f32.load (local.get $group))))
            (then
              (v128.store32_lane 1 (local.get $group) (local.get $best))
              (v128.store32_lane 1 (i32.add (local.get $group) (local.get $size)) (local.get $keys))))))
      (br_if $each_run (i32.lt_u (local.get $cosines) (local.get $end)))))

  ;; Cosines of −1 and no keys, for groups `from` to `to`.
  (func $blank (param $columns i32) (param $size i32) (param $from i32) (param $to i32)
    (local $at i32)
    (local $end i32)
    (local.set $size (i32.shl (local.get $size) (i32.const 2)))
    (local.set $at (i32.add (local.get $columns) (i32.shl (local.get $from) (i32.const 2))))
    (local.set $end (i32.add (local.get $columns) (i32.shl (local.get $to) (i32.const 2))))
    (block $all
      (loop $each
        (br_if $all (i32.ge_u (local.get $at) (local.get $end)))
        (f32.store (local.get $at) (f32.const -1))
        (i32.store (i32.add (local.get $at) (local.get $size)) (i32.const -1))
        (f32.store (i32.add (local.get $at) (i32.mul (local.get $size) (i32.const 2))) (f32.const -1))
        (i32.store (i32.add (local.get $at) (i32.mul (local.get $size) (i32.const 3))) (i32.const -1))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $each))))

  ;; Groups `from` to `to` without rows of kind 1 get the cosine of kind 0 in its place.
  (func $fillGaps (param $columns i32) (param $size i32) (param $from i32) (param $to i32)
    (local $at i32)
    (local $end i32)
    (local $second i32)
    (local.set $size (i32.shl (local.get $size) (i32.const 2)))
    (local.set $at (i32.add (local.get $columns) (i32.shl (local.get $from) (i32.const 2))))
    (local.set $end (i32.add (local.get $columns) (i32.shl (local.get $to) (i32.const 2))))
    (block $all
      (loop $each
        (br_if $all (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $second (i32.add (local.get $at) (i32.shl (local.get $size) (i32.const 1))))
        (i32.store
          (local.get $second)
          (select
            (i32.load (local.get $at))
            (i32.load (local.get $second))
            (i32.lt_s (i32.load (i32.add (local.get $second) (local.get $size))) (i32.const 0))))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $each))))

  ;; Takes one portion of a job after the other until none is left: rows of whole groups, so that no two threads write to the same columns.
  ;; A job is (int32 each, see shared-scan.ts):
  ;;    0 portions that are left (atomic: who takes one off has it)   4 portions that are done (atomic)
  ;;    8 how many portions   12 their first rows, and the end: int32 [portions + 1]
  ;;   16 how many queries, ≥ 1   20 the queries: float64, what one unit stands for; 8 bytes of nothing; int16 [dimension]
  ;;   24 dimension, a multiple of 16   28 vectors   32 scales   36 groups   40 kinds
  ;;   44 for each query float32 [size], the best cosine of kind 0 of each group; int32 [size], its row; the same of kind 1, with the cosine of kind 0 where there is none   48 size: how many groups
  ;; All but the first two stand still while a portion is in anybody's hands.
  (func (export "take")
    (param $job i32)
    (param $cosines i32) ;; float32 [1024], of this thread
    (local $portion i32)
    (local $row i32)
    (local $end i32)
    (local $count i32)
    (local $whole i32) ;; of the rows, those that make whole fours
    (local $dimension i32)
    (local $groups i32)
    (local $size i32)
    (local $from i32)
    (local $to i32)
    (local $query i32)
    (local $columns i32)
    (local $left i32)
    (local $vectors i32)
    (local $scales i32)

    (block $none
      (loop $each_portion
        (local.set $portion (i32.sub (i32.atomic.rmw.sub (local.get $job) (i32.const 1)) (i32.const 1)))
        (br_if $none (i32.lt_s (local.get $portion) (i32.const 0)))
        (local.set $dimension (i32.load offset=24 (local.get $job)))
        (local.set $groups (i32.load offset=36 (local.get $job)))
        (local.set $size (i32.load offset=48 (local.get $job)))
        (local.set $row (i32.load offset=12 (local.get $job)))
        (local.set $row (i32.add (local.get $row) (i32.shl (local.get $portion) (i32.const 2))))
        (local.set $end (i32.load offset=4 (local.get $row)))
        (local.set $row (i32.load (local.get $row)))

        ;; Groups without rows are those of the portion before them.
        (local.set $from (i32.const 0))
        (if (local.get $row) (then (local.set $from (i32.load (i32.add (local.get $groups) (i32.shl (local.get $row) (i32.const 2)))))))
        (local.set $to (local.get $size))
        (if (i32.lt_u (i32.add (local.get $portion) (i32.const 1)) (i32.load offset=8 (local.get $job)))
          (then (local.set $to (i32.load (i32.add (local.get $groups) (i32.shl (local.get $end) (i32.const 2)))))))
        (local.set $columns (i32.load offset=44 (local.get $job)))
        (local.set $left (i32.load offset=16 (local.get $job)))
        (loop $each_query
          (call $blank (local.get $columns) (local.get $size) (local.get $from) (local.get $to))
          (local.set $columns (i32.add (local.get $columns) (i32.shl (local.get $size) (i32.const 4))))
          (br_if $each_query (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))

        (loop $each_stretch
          ;; So many rows stay in the cache for the next query, and so do their cosines.
          (local.set $count (i32.sub (local.get $end) (local.get $row)))
          (if (i32.gt_u (local.get $count) (i32.const 1024)) (then (local.set $count (i32.const 1024))))
          (local.set $vectors
            (i32.add (i32.load offset=28 (local.get $job)) (i32.mul (local.get $row) (local.get $dimension))))
          (local.set $scales (i32.add (i32.load offset=32 (local.get $job)) (i32.shl (local.get $row) (i32.const 2))))
          (local.set $query (i32.load offset=20 (local.get $job)))
          (local.set $columns (i32.load offset=44 (local.get $job)))
          (local.set $left (i32.load offset=16 (local.get $job)))
          (loop $each_query
            (local.set $whole (i32.and (local.get $count) (i32.const -4)))
            (if (local.get $whole)
              (then
                (call $scanFour
                  (i32.add (local.get $query) (i32.const 16))
                  (local.get $vectors)
                  (i32.shr_u (local.get $whole) (i32.const 2))
                  (local.get $dimension)
                  (local.get $scales)
                  (f64.load (local.get $query))
                  (local.get $cosines))))
            (if (i32.gt_u (local.get $count) (local.get $whole))
              (then
                (call $scan
                  (i32.add (local.get $query) (i32.const 16))
                  (i32.add (local.get $vectors) (i32.mul (local.get $whole) (local.get $dimension)))
                  (i32.sub (local.get $count) (local.get $whole))
                  (local.get $dimension)
                  (i32.add (local.get $scales) (i32.shl (local.get $whole) (i32.const 2)))
                  (f64.load (local.get $query))
                  (i32.add (local.get $cosines) (i32.shl (local.get $whole) (i32.const 2))))))
            (call $best
              (local.get $cosines)
              (i32.add (local.get $groups) (i32.shl (local.get $row) (i32.const 2)))
              (i32.add (i32.load offset=40 (local.get $job)) (local.get $row))
              (local.get $count)
              (local.get $row)
              (local.get $columns)
              (local.get $size))
            (local.set $query
              (i32.add (i32.add (local.get $query) (i32.const 16)) (i32.shl (local.get $dimension) (i32.const 1))))
            (local.set $columns (i32.add (local.get $columns) (i32.shl (local.get $size) (i32.const 4))))
            (br_if $each_query (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
          (local.set $row (i32.add (local.get $row) (local.get $count)))
          (br_if $each_stretch (i32.lt_u (local.get $row) (local.get $end))))
        (local.set $columns (i32.load offset=44 (local.get $job)))
        (local.set $left (i32.load offset=16 (local.get $job)))
        (loop $each_query
          (call $fillGaps (local.get $columns) (local.get $size) (local.get $from) (local.get $to))
          (local.set $columns (i32.add (local.get $columns) (i32.shl (local.get $size) (i32.const 4))))
          (br_if $each_query (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))

        (drop (i32.atomic.rmw.add offset=4 (local.get $job) (i32.const 1)))
        ;; Wakes who waits for the last.
        (drop (memory.atomic.notify offset=4 (local.get $job) (i32.const -1)))
        (br $each_portion))))

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
