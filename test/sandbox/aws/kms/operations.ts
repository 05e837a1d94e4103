import { operationsOf } from '../wire/operations';
import { BLOB, BOOLEAN, operation, structure, TEXT, TEXT_BY_NAME, TEXTS } from '../wire/schemas';

/**
 * What the API says of the operations that the stand-in has.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html
 */
export const kmsOperations = operationsOf({
  Decrypt: operation(
    'Decrypt',
    structure(
      'DecryptRequest',
      { CiphertextBlob: BLOB },
      {
        EncryptionContext: TEXT_BY_NAME,
        GrantTokens: TEXTS,
        KeyId: TEXT,
        EncryptionAlgorithm: TEXT,
        DryRun: BOOLEAN,
      },
    ),
    structure('DecryptResponse', { KeyId: TEXT, Plaintext: BLOB, EncryptionAlgorithm: TEXT }),
  ),
  GetPublicKey: operation(
    'GetPublicKey',
    structure('GetPublicKeyRequest', { KeyId: TEXT }, { GrantTokens: TEXTS }),
    structure('GetPublicKeyResponse', {
      KeyId: TEXT,
      PublicKey: BLOB,
      CustomerMasterKeySpec: TEXT,
      KeySpec: TEXT,
      KeyUsage: TEXT,
      EncryptionAlgorithms: TEXTS,
    }),
  ),
});
