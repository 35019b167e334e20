const decoded = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));

/** 'hello\n' a thousand times, by bzip2 1.0.8. */
export const HELLO_BZ2 = decoded('QlpoOTFBWSZTWcx3Y78ABdvBAAAQAkSgAFBmgE1UY2pBlSD9SDKkG1SDhdyRThQkMx3Y78A=');

/** 'hello\n' a thousand times, by xz 5.4. */
export const HELLO_XZ = decoded(
  '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4BdvACddADQZSe6N3V3x8PcXRFCFYsMIgtxhE2Az4ZG1aVMlHrpxT6vr+2SMAAAA3KIPXDe4JDgAAUPwLgAAAE8kQEKxxGf7AgAAAAAEWVo=',
);

/** 'hello\n' a thousand times, by zstd 1.5.4 -19. */
export const HELLO_ZST = decoded('KLUv/WRwFnUAADBoZWxsbwoBAGeXvhQBVnSVRw==');

/** 'hello\n' a thousand times, by lz4 1.9.4 -9. */
export const HELLO_LZ4 = decoded('BCJNGGRApycAAABvaGVsbG8KBgD//////////////////////////////2lQZWxsbwoAAAAAnT64Vw==');

/** 'hello\n' a thousand times, by lz4 1.9.4 -l. */
export const HELLO_LZ4_LEGACY = decoded('AiFMGCcAAABvaGVsbG8KBgD//////////////////////////////2lQZWxsbwo=');

/** 'hello\n' a thousand times, by xz 5.4 --format=lzma: with an end mark and no size. */
export const HELLO_LZMA = decoded('XQAAgAD//////////wA0GUnujd1d8fD3F0RQhWLDCILcYRNgM+GRtWlTJR66cU+r7BNZwT//99JAAA==');

/** 'hello\n' a thousand times, as one lzip member by libarchive 3.6. */
export const HELLO_LZIP = decoded('TFpJUAEXADQZSe6N3V3x8PcXRFCFYsMIgtxhE2Az4ZG1aVMlHrpxT6vsE1nBP//30kAAOiLUT3AXAAAAAAAARwAAAAAAAAA=');

/** 'hello\n' a thousand times, as compress(1) does it, by libarchive 3.6. */
export const HELLO_Z = decoded(
  [
    'H52QaMqwYfNGQcCBBQ8SNChwocKEDSEiZDjxIUWHES9KxFgxo8WPHkN2HMmx5MaTGlOCJIlypUmVIl+6bBmTJkuYN2filFlzp02eOXvqHCq0aNCjQJP+XOqzKVGkTJ8qdWp0qtSoVbFC',
    'pbr1KlerWb9qBds1rNezZtOWXUu27di3YuOiZQt3rlu5au/arZuXL128f/cC1tt3sF/CgQsLXqy4ceLHiCMfnmy4MmPIlC9Ltux4s+bMnUFj5jz6M2nPoU+LRl06tenXrmO3ns269urb',
    'qnPDpo17t23dsn/77h2cOG/gx4cjF158uXHmyZsrny69evTr0LM/3+68O3Xs3L9r9259vPjw5dGDJ7/+PHvz6d+rh98+vvv79vPX30+///z/8gWIH38ADuifgPpNBQ==',
  ].join(''),
);
