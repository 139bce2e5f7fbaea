/** Names of what belongs to one request or call: the request, its answer, its options. */

/** Does a part of a request of this name, of something of that name, come with each request? */
export function isPartOfRequest(part: string, whole: string): boolean {
  return (
    /^(?:params|query|body|headers|cookies|pathParameters|queryStringParameters)$/.test(part) &&
    /(?:^|\.)(?:req|request|ctx|event)$/.test(whole)
  );
}

/** `req`, `request`: what is of one request ends with it. */
export function isRequest(name: string): boolean {
  return /(?:req|request|ctx|context|event)$/i.test(name);
}

/** `(req, res)`, `(ctx, next)`: the first two parameters of what answers a request. */
export function isRequestPair(first: string, second: string): boolean {
  if (/(?:^|[a-z])(?:req|[rR]equest)$/.test(first)) return /(?:^|[a-z])(?:res|resp|[rR]esponse|[rR]eply)$/.test(second);
  return /(?:ctx|[cC]ontext)$/.test(first) && /next$/.test(second);
}

/** `res`, `response`, `reply`: the answer to one request. */
export function isAnswer(name: string): boolean {
  return /(?:^|_)res$|Res$|response$|reply$/i.test(name);
}

/** `options`, `init`: what somebody wants, with what he gives for it. */
export function isOptions(name: string): boolean {
  return /(?:^|_)(?:options?|opts?|init|config|params?|props|settings)$|(?:Options|Opts|Init|Config|Params|Props)$/.test(
    name,
  );
}

/** Does a function of a module by this name ask for one answer, and give it to its callback? */
export function asksOnce(name: string): boolean {
  return /^(?:get|request)$/.test(name);
}

/** `req`, `response`, `socket`, `body`: what comes over a network, and may stop in its midst. */
export function comesOverNetwork(name: string): boolean {
  return /(?:req|request|res|resp|response|reply|body|socket|conn|connection|incoming|upload|download|message)$/i.test(
    name,
  );
}
