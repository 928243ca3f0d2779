;; Late interaction of clauses with queries, over int8 token vectors: for each token of a query the largest dot product with a token of a passage
;; (MaxSim), and of that the sums that a clause is scored by.
;;
;; All sums are integers and exact: token vectors have the norm 127, so that those of ten thousand tokens stay within 32 bits. A step takes eight
;; components of one passage token against four query tokens: the passage is read and widened once for the four, and their sums come out side by
;; side, as one vector of maxima. What a step needs of the four lies together, and a turn of the loop takes two steps: counting took a sixth of
;; the time. A query is filled up to four tokens with zeros, whose products are zero and change no sum.
;;
;; A clause lies in memory as in a file (token-block.ts): int32 [passages], the bytes of each passage's vectors, ≥ 0; the vectors, int8 [tokens,
;; dimension] row-major; four bytes of a checksum.
;; A query is (int32 each): 0 where its steps are: int16 [groups, dimension ÷ 8, 4, 8], 16-byte aligned   4 groups of four tokens, ≥ 1
;;   8 tokens, ≥ 1   12 how many of them, ≥ 1, are the least supported ones
;; A row is (int32 each), of the passages that have vectors: 0 the highest sum of maxima of one   4 the highest of one and the one before it
;;   together   8 the sum of maxima of all   12 the sum of the least of those   16 the key of the passage of the first; 0 and a key of −1 where none
;;   has vectors, or the query is not asked
(module
  (import "env" "memory" (memory 1 65536 shared))
  ;; Reads bytes of a file to `at`; 0 where it cannot, or where `check` is not 0 and the last four are not the checksum of the others.
  (import "env" "read"
    (func $read (param $file i32) (param $position f64) (param $bytes i32) (param $at i32) (param $check i32) (result i32)))

  ;; The maxima of four query tokens over the tokens of a passage; at least −127².
  (func $maxima
    (param $query i32) ;; the steps of the four
    (param $token i32)
    (param $last i32) ;; the end of the passage
    (param $dimension i32) ;; a multiple of 16
    (result v128)
    (local $p i32)
    (local $stop i32)
    (local $q i32)
    (local $x v128)
    (local $a v128)
    (local $b v128)
    (local $c v128)
    (local $d v128)
    (local $max v128)

    (local.set $max (v128.const i32x4 -16129 -16129 -16129 -16129))
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
    (local.get $max))

  (func $sum (param $lanes v128) (result i32)
    (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $lanes)) (i32x4.extract_lane 1 (local.get $lanes)))
      (i32.add (i32x4.extract_lane 2 (local.get $lanes)) (i32x4.extract_lane 3 (local.get $lanes)))))

  ;; The sum of the `least` smallest of some numbers: the smallest number that so many do not exceed is found by halving.
  (func $sumOfLeast
    (param $at i32) ;; int32 [4 × groups], 16-byte aligned; those beyond `tokens` are written over
    (param $groups i32)
    (param $tokens i32)
    (param $least i32) ;; 1 … tokens
    (result i32)
    (local $end i32)
    (local $i i32)
    (local $low i32)
    (local $high i32)
    (local $middle i32)
    (local $x v128)
    (local $mask v128)
    (local $count v128)
    (local $total v128)

    (local.set $end (i32.add (local.get $at) (i32.shl (local.get $tokens) (i32.const 2))))
    (local.set $low (i32.load (local.get $at)))
    (local.set $high (local.get $low))
    (local.set $i (local.get $at))
    (loop $each
      (local.set $middle (i32.load (local.get $i)))
      (if (i32.lt_s (local.get $middle) (local.get $low)) (then (local.set $low (local.get $middle))))
      (if (i32.gt_s (local.get $middle) (local.get $high)) (then (local.set $high (local.get $middle))))
      (local.set $i (i32.add (local.get $i) (i32.const 4)))
      (br_if $each (i32.lt_u (local.get $i) (local.get $end))))
    (local.set $end (i32.add (local.get $at) (i32.shl (local.get $groups) (i32.const 4))))
    (block $filled
      (loop $each
        (br_if $filled (i32.ge_u (local.get $i) (local.get $end)))
        (i32.store (local.get $i) (i32.const 0x7fffffff))
        (local.set $i (i32.add (local.get $i) (i32.const 4)))
        (br $each)))

    (block $found
      (loop $halve
        (br_if $found (i32.ge_s (local.get $low) (local.get $high)))
        (local.set $middle
          (i32.add (local.get $low) (i32.shr_u (i32.sub (local.get $high) (local.get $low)) (i32.const 1))))
        (local.set $count (v128.const i32x4 0 0 0 0))
        (local.set $i (local.get $at))
        (loop $each
          (local.set $count
            (i32x4.sub (local.get $count) (i32x4.le_s (v128.load (local.get $i)) (i32x4.splat (local.get $middle)))))
          (local.set $i (i32.add (local.get $i) (i32.const 16)))
          (br_if $each (i32.lt_u (local.get $i) (local.get $end))))
        (if (i32.ge_s (call $sum (local.get $count)) (local.get $least))
          (then (local.set $high (local.get $middle)))
          (else (local.set $low (i32.add (local.get $middle) (i32.const 1)))))
        (br $halve)))

    ;; What is smaller counts as it is; that number itself as often as there is room.
    (local.set $count (v128.const i32x4 0 0 0 0))
    (local.set $total (v128.const i32x4 0 0 0 0))
    (local.set $i (local.get $at))
    (loop $each
      (local.set $x (v128.load (local.get $i)))
      (local.set $mask (i32x4.lt_s (local.get $x) (i32x4.splat (local.get $low))))
      (local.set $count (i32x4.sub (local.get $count) (local.get $mask)))
      (local.set $total (i32x4.add (local.get $total) (v128.and (local.get $x) (local.get $mask))))
      (local.set $i (i32.add (local.get $i) (i32.const 16)))
      (br_if $each (i32.lt_u (local.get $i) (local.get $end))))
    (i32.add
      (call $sum (local.get $total))
      (i32.mul (local.get $low) (i32.sub (local.get $least) (call $sum (local.get $count))))))

  ;; Whether the bytes of a clause are as many as its passages say, each of whole tokens.
  (func $isWhole (param $clause i32) (param $bytes i32) (param $passages i32) (param $dimension i32) (result i32)
    (local $at i32)
    (local $end i32)
    (local $length i32)
    (local $left i32)
    (local.set $left (i32.sub (local.get $bytes) (i32.shl (i32.add (local.get $passages) (i32.const 1)) (i32.const 2))))
    (if (i32.lt_s (local.get $left) (i32.const 0)) (then (return (i32.const 0))))
    (local.set $at (local.get $clause))
    (local.set $end (i32.add (local.get $clause) (i32.shl (local.get $passages) (i32.const 2))))
    (block $all
      (loop $each
        (br_if $all (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $length (i32.load (local.get $at)))
        (if
          (i32.or
            (i32.gt_u (local.get $length) (local.get $left))
            (i32.rem_u (local.get $length) (local.get $dimension)))
          (then (return (i32.const 0))))
        (local.set $left (i32.sub (local.get $left) (local.get $length)))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $each)))
    (i32.eqz (local.get $left)))

  ;; Writes one row for each query; 0, and no rows, where the clause is not whole.
  (func $score (export "score")
    (param $clause i32)
    (param $bytes i32)
    (param $passages i32)
    (param $key i32) ;; of the first passage
    (param $dimension i32) ;; a multiple of 16
    (param $queries i32)
    (param $count i32) ;; of the queries, 1 … 32
    (param $mask i32) ;; bit i: query i is asked; the row of another gets no passage
    (param $rows i32)
    (param $scratch i32) ;; 32 bytes for each group of the longest query, 16-byte aligned
    (result i32)
    (local $passage i32)
    (local $vectors i32)
    (local $end i32)
    (local $group i32)
    (local $steps i32)
    (local $previous i32) ;; int32 [4 × groups], maxima of the passage before
    (local $whole i32) ;; int32 [4 × groups], maxima of all passages
    (local $stop i32)
    (local $sentence i32)
    (local $window i32)
    (local $found i32)
    (local $max v128)
    (local $sums v128)
    (local $pairs v128)

    (if (i32.eqz (call $isWhole (local.get $clause) (local.get $bytes) (local.get $passages) (local.get $dimension)))
      (then (return (i32.const 0))))
    (loop $each_query
      (local.set $found (i32.const -1))
      (v128.store (local.get $rows) (v128.const i32x4 0 0 0 0))
      (if (i32.and (local.get $mask) (i32.const 1))
        (then
          (local.set $whole
            (i32.add (local.get $scratch) (i32.shl (i32.load offset=4 (local.get $queries)) (i32.const 4))))
          (local.set $stop (i32.add (local.get $whole) (i32.sub (local.get $whole) (local.get $scratch))))
          ;; The least that a product can be: the first sentence is its own window.
          (local.set $group (local.get $scratch))
          (loop $each_group
            (v128.store (local.get $group) (v128.const i32x4 -16129 -16129 -16129 -16129))
            (local.set $group (i32.add (local.get $group) (i32.const 16)))
            (br_if $each_group (i32.lt_u (local.get $group) (local.get $stop))))
          (local.set $sentence (i32.const 0x80000000))
          (local.set $window (i32.const 0x80000000))
          (local.set $passage (i32.const 0))
          (local.set $vectors (i32.add (local.get $clause) (i32.shl (local.get $passages) (i32.const 2))))
          (block $no_more
            (loop $each_passage
              (br_if $no_more (i32.ge_u (local.get $passage) (local.get $passages)))
              (local.set $end
                (i32.add
                  (local.get $vectors)
                  (i32.load (i32.add (local.get $clause) (i32.shl (local.get $passage) (i32.const 2))))))
              (if (i32.lt_u (local.get $vectors) (local.get $end))
                (then
                  (local.set $sums (v128.const i32x4 0 0 0 0))
                  (local.set $pairs (v128.const i32x4 0 0 0 0))
                  (local.set $steps (i32.load (local.get $queries)))
                  (local.set $previous (local.get $scratch))
                  (local.set $group (local.get $whole))
                  (loop $each_group
                    (local.set $max
                      (call $maxima (local.get $steps) (local.get $vectors) (local.get $end) (local.get $dimension)))
                    (local.set $sums (i32x4.add (local.get $sums) (local.get $max)))
                    (local.set $pairs
                      (i32x4.add
                        (local.get $pairs)
                        (i32x4.max_s (local.get $max) (v128.load (local.get $previous)))))
                    (v128.store (local.get $previous) (local.get $max))
                    (v128.store (local.get $group) (i32x4.max_s (local.get $max) (v128.load (local.get $group))))
                    (local.set $steps (i32.add (local.get $steps) (i32.shl (local.get $dimension) (i32.const 3))))
                    (local.set $previous (i32.add (local.get $previous) (i32.const 16)))
                    (local.set $group (i32.add (local.get $group) (i32.const 16)))
                    (br_if $each_group (i32.lt_u (local.get $group) (local.get $stop))))
                  (if (i32.gt_s (call $sum (local.get $sums)) (local.get $sentence))
                    (then
                      (local.set $sentence (call $sum (local.get $sums)))
                      (local.set $found (i32.add (local.get $key) (local.get $passage)))))
                  (if (i32.gt_s (call $sum (local.get $pairs)) (local.get $window))
                    (then (local.set $window (call $sum (local.get $pairs)))))))
              (local.set $vectors (local.get $end))
              (local.set $passage (i32.add (local.get $passage) (i32.const 1)))
              (br $each_passage)))
          (if (i32.ge_s (local.get $found) (i32.const 0))
            (then
              (local.set $sums (v128.const i32x4 0 0 0 0))
              (local.set $group (local.get $whole))
              (loop $each_group
                (local.set $sums (i32x4.add (local.get $sums) (v128.load (local.get $group))))
                (local.set $group (i32.add (local.get $group) (i32.const 16)))
                (br_if $each_group (i32.lt_u (local.get $group) (local.get $stop))))
              (i32.store (local.get $rows) (local.get $sentence))
              (i32.store offset=4 (local.get $rows) (local.get $window))
              (i32.store offset=8 (local.get $rows) (call $sum (local.get $sums)))
              (i32.store offset=12
                (local.get $rows)
                (call $sumOfLeast
                  (local.get $whole)
                  (i32.load offset=4 (local.get $queries))
                  (i32.load offset=8 (local.get $queries))
                  (i32.load offset=12 (local.get $queries))))))))
      (i32.store offset=16 (local.get $rows) (local.get $found))
      (local.set $rows (i32.add (local.get $rows) (i32.const 20)))
      (local.set $queries (i32.add (local.get $queries) (i32.const 16)))
      (local.set $mask (i32.shr_u (local.get $mask) (i32.const 1)))
      (br_if $each_query (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (i32.const 1))

  ;; Takes one portion of a job after the other until none is left: sixteen clauses that are read from a file and scored.
  ;; A job is (int32 each, see token-pass.ts):
  ;;    0 portions that are left (atomic: who takes one off has it)   4 portions that are done (atomic)
  ;;    8 how many clauses   12 the clauses (32 bytes each): float64, where in the file; int32 bytes; passages; key of the first passage; which
  ;;      queries; 1 where the checksum has to be looked at; out: 1 where it was scored
  ;;   16 how many queries   20 the queries   24 dimension, a multiple of 16   28 rows: of each clause one for each query   32 the file
  ;; All but the first two stand still while a portion is in anybody's hands.
  (func (export "take")
    (param $job i32)
    (param $room i32) ;; for the bytes of a clause, 16-byte aligned, of this thread
    (param $scratch i32) ;; of this thread
    (local $portion i32)
    (local $clause i32)
    (local $last i32)
    (local $rows i32)
    (local $size i32)

    (block $none
      (loop $each_portion
        (local.set $portion (i32.sub (i32.atomic.rmw.sub (local.get $job) (i32.const 1)) (i32.const 1)))
        (br_if $none (i32.lt_s (local.get $portion) (i32.const 0)))
        (local.set $portion (i32.shl (local.get $portion) (i32.const 4)))
        (local.set $last (i32.add (local.get $portion) (i32.const 16)))
        (if (i32.gt_u (local.get $last) (i32.load offset=8 (local.get $job)))
          (then (local.set $last (i32.load offset=8 (local.get $job)))))
        (local.set $size (i32.mul (i32.load offset=16 (local.get $job)) (i32.const 20)))
        (local.set $rows
          (i32.add (i32.load offset=28 (local.get $job)) (i32.mul (local.get $portion) (local.get $size))))
        (local.set $clause
          (i32.add (i32.load offset=12 (local.get $job)) (i32.shl (local.get $portion) (i32.const 5))))
        (local.set $last (i32.add (i32.load offset=12 (local.get $job)) (i32.shl (local.get $last) (i32.const 5))))
        (loop $each_clause
          (i32.store offset=28
            (local.get $clause)
            (if (result i32)
              (call $read
                (i32.load offset=32 (local.get $job))
                (f64.load (local.get $clause))
                (i32.load offset=8 (local.get $clause))
                (local.get $room)
                (i32.load offset=24 (local.get $clause)))
              (then
                (call $score
                  (local.get $room)
                  (i32.load offset=8 (local.get $clause))
                  (i32.load offset=12 (local.get $clause))
                  (i32.load offset=16 (local.get $clause))
                  (i32.load offset=24 (local.get $job))
                  (i32.load offset=20 (local.get $job))
                  (i32.load offset=16 (local.get $job))
                  (i32.load offset=20 (local.get $clause))
                  (local.get $rows)
                  (local.get $scratch)))
              (else (i32.const 0))))
          (local.set $rows (i32.add (local.get $rows) (local.get $size)))
          (local.set $clause (i32.add (local.get $clause) (i32.const 32)))
          (br_if $each_clause (i32.lt_u (local.get $clause) (local.get $last))))
        (drop (i32.atomic.rmw.add offset=4 (local.get $job) (i32.const 1)))
        (drop (memory.atomic.notify offset=4 (local.get $job) (i32.const -1)))
        (br $each_portion)))))
