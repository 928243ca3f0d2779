/** The reference keeps the contract. */
import { createMemoryStore } from '../../src/store/memory.js';
import { storeContract } from '../contract/store.contract.js';

storeContract('memory', createMemoryStore);
