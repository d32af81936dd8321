import { AuthError } from '@usher/contracts/errors';
import { parseXml } from '../xml/parse-xml.js';
import { readIdpMetadata, type IdpMetadata } from './idp-metadata.js';
import { badMetadata, malformedMetadata } from './sso-providers.errors.js';

/** Reads metadata that were sent or fetched. Whatever is wrong with them is the sender's fault. */
export async function readMetadata(xml: string): Promise<IdpMetadata> {
  if (xml.includes('\ufffd'))
    throw badMetadata('SAML Metadata XML contains invalid UTF-8 characters, which are not supported at this time');
  if (xml.includes('\0')) throw badMetadata('Null characters are not allowed');
  try {
    return readIdpMetadata(await parseXml(xml));
  } catch (error) {
    if (error instanceof AuthError) throw error;
    throw malformedMetadata(error);
  }
}
