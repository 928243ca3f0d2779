/** Between two pieces of a long work: what else waits for a turn of the event loop has it. Throws the reason of an abort. */
export async function othersFirst(signal: AbortSignal | undefined): Promise<void> {
  await new Promise(setImmediate);
  signal?.throwIfAborted();
}
