// A key made for these tests alone: PKCS #8 in base64. It signs nothing else.

/** What GnuPG made by default before 2009, at its shortest. */
export const DSA_1024 = [
  'MIIBSwIBADCCASsGByqGSM44BAEwggEeAoGBAP/UId+UPYdMHIRUp4wualGxhYgqt1SfnYkNt8+fhWqyNW7L3PM3rM2Vys9yNTCy4X3lSHjLI6qASMz2PFLt',
  'pnOQLpIXmACcLmTJdaKpTVXeeJOFE9rdkLaQz/zgclgoz68QiB27lirk2M7hvC3LzEF6o7+PL5AVTxQY7+7deOgNAhUA2ziOppzbo8Ot1gFRzN+li9Y3Ma0C',
  'gYAm/6U+KTn+YusEfzyo2f+GuifoxdU3cn4OVvra9gzfZG3HgtyMTq9v5mbIDcrbq+Dq81QSy+5siLeQoDDJn9iFJNR6efKYoqJqllrTj7urAtibSkNajk/T',
  'sYzxUcVO8/FNYJof/vEUpEe0ulbKglYryJjUA+AfqPoerrAMEByUqwQXAhUAlPK4XVIgOv9vhOUBbJ5Jzxw8U+0=',
].join('');
