/** How the packages of the alternatives come onto a machine. */

/** What installs the optional packages where they burden nobody else: not in package.json, not in node_modules. */
export const INSTALL =
  'npm install --no-save --prefix .tiaowen/alternatives usearch @lancedb/lancedb sqlite-vec @orama/orama minisearch';
