/** The page's one state: the address. Everything shown follows from it, so that back, forward and links work. */
import { computed, readonly, shallowRef } from 'vue';
import { readAddress, writeAddress, type Address, type Reading } from '../address.js';

const read = () => readAddress(location.pathname, location.search);
const current = shallowRef<Address>(read());
addEventListener('popstate', () => (current.value = read()));

function go(change: Partial<Address>): void {
  const next = { ...current.value, ...change };
  const href = writeAddress(next);
  if (href !== location.pathname + location.search) history.pushState(null, '', href);
  current.value = next;
}

export function useAddress() {
  return {
    address: readonly(current),
    go,
    /** Where a change of the present address would lead: for real links. */
    hrefOf: (change: Partial<Address>) => writeAddress({ ...current.value, ...change }),
    reading: computed(() => current.value.reading),
    open: (reading: Reading) => go({ reading }),
    close: () => go({ reading: null }),
  };
}

/** A plain click; with Ctrl, ⌘ or Shift the browser opens the link elsewhere itself. */
export function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}
