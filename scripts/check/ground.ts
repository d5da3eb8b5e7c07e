/**
 * What a way for a pattern to hold rests on: on what the caller writes as it likes, on what AWS
 * vouches for about who it is, or on nothing of either kind.
 */
export type Ground = 'nothing' | 'caller' | 'proof';
