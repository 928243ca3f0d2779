/** What must be known of a cross-encoder to use it: its limit and its weights file. */
import { join } from 'node:path';
import {
  checkFields,
  CONFIG_FILE,
  isDtype,
  isLength,
  isText,
  maxTokensOf,
  PROFILE_FILE,
  readJson,
  type ModelDtype,
} from './model-profile.js';

export interface RerankerProfile {
  /** Hub id, or the name of a local folder. */
  readonly name: string;
  readonly dtype: ModelDtype;
  /** The most tokens of a query and a passage together, special tokens included. */
  readonly maxTokens: number;
}

const RULES: Readonly<Record<keyof RerankerProfile, (value: unknown) => boolean>> = {
  name: isText,
  dtype: isDtype,
  maxTokens: isLength,
};

/** From the folder's config.json, overridden by its tiaowen.json. Throws TiaowenError model-invalid. */
export async function readRerankerProfile(folder: string, name: string): Promise<RerankerProfile> {
  const config = (await readJson(join(folder, CONFIG_FILE))) ?? {};
  const stated = await readJson(join(folder, PROFILE_FILE));
  const fields = { name, dtype: 'q8', maxTokens: maxTokensOf(config), ...stated };
  checkFields(fields, RULES, join(folder, stated ? PROFILE_FILE : CONFIG_FILE));
  return fields as RerankerProfile;
}
