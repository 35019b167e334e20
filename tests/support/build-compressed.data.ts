const decoded = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));

/** 'hello\n' a thousand times, by bzip2 1.0.8. */
export const HELLO_BZ2 = decoded('QlpoOTFBWSZTWcx3Y78ABdvBAAAQAkSgAFBmgE1UY2pBlSD9SDKkG1SDhdyRThQkMx3Y78A=');

/** 'hello\n' a thousand times, by xz 5.4. */
export const HELLO_XZ = decoded(
  '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4BdvACddADQZSe6N3V3x8PcXRFCFYsMIgtxhE2Az4ZG1aVMlHrpxT6vr+2SMAAAA3KIPXDe4JDgAAUPwLgAAAE8kQEKxxGf7AgAAAAAEWVo=',
);
