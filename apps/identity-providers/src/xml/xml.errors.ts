/** XML that is not well-formed, or that holds what no message of ours has (a DTD). */
export class BadXml extends Error {}
