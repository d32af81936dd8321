/** What differs between the two kinds of wallets, in the message and in errors. */
export interface Chain {
  name: 'solana' | 'ethereum';
  label: 'Solana' | 'Ethereum';
  /** Before the texts of errors of the grammar. */
  prefix: 'siws' | 'siwe';
  address: RegExp;
  addressProblem: string;
  chainId: RegExp;
  /** `''` is stored for a message without one on Solana, null on Ethereum. */
  noStatement: '' | null;
}

export const CHAINS: Readonly<Record<string, Chain>> = {
  solana: {
    ...{ name: 'solana', label: 'Solana', prefix: 'siws' },
    address: /^[a-zA-Z0-9]{32,44}$/,
    addressProblem: 'wallet address is not in base58 format',
    chainId: /^(?:solana:(?:main|dev|test|local)net)?$/,
    noStatement: '',
  },
  ethereum: {
    ...{ name: 'ethereum', label: 'Ethereum', prefix: 'siwe' },
    address: /^0x[a-fA-F0-9]{40}$/,
    addressProblem: 'wallet address is not a valid Ethereum address',
    chainId: /^[0-9]*[1-9][0-9]*$/,
    noStatement: null,
  },
};
