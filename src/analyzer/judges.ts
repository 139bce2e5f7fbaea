/** All judges, in the order of their precedence: what one has told, the next does not say again. */
import type { Acquisition } from './acquiring/acquisitions';
import type { Engine } from './engine';
import { runsNever, toldOnce, weighed } from './findings/causes';
import type { Draft } from './findings/draft';
import { findOpenBrackets } from './flow/brackets';
import { findUnlikeOthers } from './flow/endedAlike';
import { findForwarding } from './flow/forwarding';
import { judgeIdleTimeout } from './flow/idleTimeouts';
import { findLeftInEnd } from './flow/leftInEnd';
import { findLoopItems } from './flow/loopItems';
import { findLocalHandleLeaks } from './flow/obligations';
import { findUnendedOutcomes } from './flow/outcomes';
import { findOpenPairs } from './flow/pairs';
import { judgePipe } from './flow/pipes';
import { findGrowth } from './growth/growth';
import { findEndedElsewhere } from './ownership/instances/endedElsewhere';
import { findForgottenInstances } from './ownership/instances/forgottenInstances';
import { findLeftParts } from './ownership/instances/leftParts';
import { findMissingSuper } from './ownership/instances/superCalls';
import { findUnended } from './ownership/instances/unended';
import { findLate } from './ownership/late/late';
import { findLateInOwners } from './ownership/late/lateInOwner';
import { judgeOneShot } from './ownership/late/oneShots';
import { findScopeHelpers } from './ownership/late/scopeHelpers';
import { findDroppedEntries } from './ownership/lost/droppedEntries';
import { findFilledAgain } from './ownership/lost/filledAgain';
import { judgeForgotten } from './ownership/lost/forgotten';
import { judgeHostHandled } from './ownership/lost/hostHandled';
import { findLetGo } from './ownership/lost/letGo';
import { judgeOtherEnd } from './ownership/lost/otherEnds';
import { judgeOverwritten } from './ownership/lost/overwritten';
import { findReassigned } from './ownership/lost/reassigned';
import { findRegistryFaults } from './ownership/lost/registries';
import { findRenewed } from './ownership/lost/renewed';
import { findRenewedByCall } from './ownership/lost/renewedByCall';
import { findReopened } from './ownership/lost/reopened';
import { judgePiledUp, judgeReplaced } from './ownership/lost/repeats';
import { findAlternatives } from './ownership/registrations/alternatives';
import { findAnswerWaits } from './ownership/registrations/answerWaits';
import { findBegunAgain } from './ownership/registrations/beginsAgain';
import { findCallbackExits } from './ownership/registrations/callbackExits';
import { findDroppedBeside } from './ownership/registrations/droppedBeside';
import { findDroppedEnds } from './ownership/registrations/droppedEnds';
import { findDuplicates } from './ownership/registrations/duplicates';
import { findEarlyReturns } from './ownership/registrations/earlyReturns';
import { judgeEffectHandler } from './ownership/registrations/effectHandlers';
import { findEffectSubscriptions } from './ownership/registrations/effectSubscriptions';
import { judgeGivenSignal } from './ownership/registrations/givenSignals';
import { findItemHandlers } from './ownership/registrations/itemHandlers';
import { findKeptLeft } from './ownership/registrations/keptLeft';
import { findKeptLocal } from './ownership/registrations/keptLocal';
import { judgeKeptReceiver } from './ownership/registrations/keptReceivers';
import { findKeptUnread } from './ownership/registrations/keptUnread';
import { judgeLastHandler } from './ownership/registrations/lastOfRenewedHandlers';
import { findOnLazyReceivers } from './ownership/registrations/lazyReceivers';
import { findLeftByCounterpart } from './ownership/registrations/leftByCounterpart';
import { judgeLeftByState } from './ownership/registrations/leftByState';
import { judgeLinkedSignal } from './ownership/registrations/linkedSignals';
import { findNamedByItem } from './ownership/registrations/namedByItem';
import { findOpenExits } from './ownership/registrations/openExits';
import { judgeOperator } from './ownership/registrations/operators';
import { findPerEvent } from './ownership/registrations/perEvent';
import { judgePooledListeners } from './ownership/registrations/pooledListeners';
import { findRacedWaits } from './ownership/registrations/racedWaits';
import { judgeRegistration } from './ownership/registrations/registrations';
import { judgeSettlement } from './ownership/registrations/settlements';
import { findForgottenSiblings } from './ownership/registrations/siblings';
import { judgeUneven } from './ownership/registrations/uneven';
import { judgeVisitHandler } from './ownership/registrations/visitHandlers';
import { withAddedAgain } from './ownership/vain/addedAgain';
import { findGivenCapture } from './ownership/vain/givenCapture';
import { findHalfToggles } from './ownership/vain/halfToggles';
import { findLooselyGuarded } from './ownership/vain/looseGuards';
import { findUncalled } from './ownership/vain/uncalled';
import { findUnrunLoops } from './ownership/vain/unrunLoops';
import { findVainReleases } from './ownership/vain/vainReleases';
import { findVainRemovals } from './ownership/vain/vainRemovals';
import { findWrappedGiven } from './ownership/vain/wrappedGiven';
import { judgeHeld } from './ownership/values/held';
import { judgeShown } from './ownership/values/shown';
import { judgeUnowned } from './ownership/values/unowned';
import type { Catalogue } from './resources/catalogue';
import type { Steps } from './steps';
import { isWithin } from './syntax/syntax';

/** A clean-up that takes others off and leaves this one tells more than the possibility of another instance or call. */
function judgeHandler(acquisition: Acquisition, all: readonly Acquisition[], engine: Engine): Draft | undefined {
  const draft = judgeRegistration(acquisition, all, engine);
  return draft?.confidence === 'low' ? (judgeUneven(acquisition, all, engine, true) ?? draft) : draft;
}

/** The drafts of a file, in no order. */
export function* judging(
  engine: Engine,
  acquisitions: readonly Acquisition[],
  catalogue: Catalogue,
): Steps<readonly Draft[]> {
  let drafts: Draft[] = [];
  const described = acquisitions.filter(isDescribed);
  for (const acquisition of acquisitions) {
    yield;
    if (acquisition.kind.endsByItself || !isDescribed(acquisition)) continue;
    const draft = acquisition.kind.oneShot
      ? (judgeOneShot(acquisition, engine) ?? judgeOtherEnd(acquisition, engine))
      : (judgeHandler(acquisition, described, engine) ??
        judgeSettlement(acquisition, engine) ??
        judgeGivenSignal(acquisition, engine) ??
        judgeKeptReceiver(acquisition, engine) ??
        judgeVisitHandler(acquisition, engine) ??
        judgeLinkedSignal(acquisition, engine) ??
        judgeUneven(acquisition, described, engine) ??
        judgeLastHandler(acquisition, engine) ??
        judgeEffectHandler(acquisition, engine) ??
        judgeLeftByState(acquisition, described, engine) ??
        judgeOperator(acquisition, engine) ??
        judgeUnowned(acquisition, engine) ??
        judgeHeld(acquisition, engine) ??
        judgeShown(acquisition, engine) ??
        judgeOverwritten(acquisition, engine) ??
        judgeForgotten(acquisition, engine) ??
        judgeOtherEnd(acquisition, engine) ??
        judgeHostHandled(acquisition, engine) ??
        judgeReplaced(acquisition, engine) ??
        judgePiledUp(acquisition, engine));
    if (draft) drafts.push(draft);
  }
  // What an event adds to a list each time is told once, at what it adds.
  const added = drafts.filter(({ mechanism }) => mechanism === 'repeated-registration');
  const growth = (yield* findGrowth(engine, catalogue.kinds)).filter(
    (grown) => !added.some(({ node }) => isWithin(node, grown.node)) && !drafts.some(({ node }) => node === grown.node),
  );
  drafts.push(...(yield* findLocalHandleLeaks(engine, acquisitions)), ...growth);
  yield;
  const surer = [...findUnendedOutcomes(engine, described, drafts), ...findLeftInEnd(engine, described, drafts)];
  const surely = new Set(surer.map(({ node }) => node));
  for (let at = drafts.length - 1; at >= 0; at--)
    if (surely.has(drafts[at]?.node ?? engine.program.sourceFile)) drafts.splice(at, 1);
  drafts.push(...surer);
  const judged = new Set(drafts.map(({ node }) => node));
  for (const acquisition of described) {
    yield;
    drafts.push(...judgePooledListeners(acquisition, engine).filter(({ node }) => !judged.has(node)));
    if (judged.has(acquisition.node) && !acquisition.kind.endsByItself) continue;
    const draft = judgePipe(acquisition, engine) ?? judgeIdleTimeout(acquisition, engine);
    if (draft) drafts.push(draft);
  }
  const told = new Set(drafts.map(({ node }) => node));
  drafts.push(...findForgottenSiblings(engine, catalogue.kinds, (node) => told.has(node)));
  yield;
  drafts.push(...findEffectSubscriptions(engine, catalogue.kinds, (node) => drafts.some((one) => one.node === node)));
  yield;
  drafts.push(...findKeptUnread(engine, catalogue.kinds, (node) => told.has(node)));
  yield;
  drafts.push(...findDroppedEnds(engine, catalogue.kinds, drafts));
  yield;
  drafts.push(...findDroppedBeside(engine, catalogue.kinds, described, drafts));
  yield;
  drafts.push(
    ...findOpenPairs(engine, catalogue.kinds),
    ...findForwarding(engine, catalogue.kinds),
    ...findOpenBrackets(engine, catalogue.kinds),
    ...findLoopItems(engine, catalogue.kinds),
  );
  yield;
  drafts.push(
    ...[...findLate(engine, described), ...findLateInOwners(engine, described), ...findScopeHelpers(engine)].filter(
      ({ node }) => !told.has(node),
    ),
  );
  yield;
  drafts.push(...findForgottenInstances(engine, described));
  yield;
  drafts.push(...findLeftParts(engine, catalogue.kinds, described, drafts));
  yield;
  const vain = findVainRemovals(engine, catalogue.kinds, drafts);
  const vainAt = new Set(vain.map(({ node }) => node));
  drafts = drafts.filter(({ node, confidence }) => confidence !== 'low' || !vainAt.has(node));
  drafts.push(...findMissingSuper(engine), ...vain);
  drafts = [...withAddedAgain(engine, catalogue.kinds, drafts)];
  drafts.push(...findHalfToggles(engine, catalogue.kinds, drafts));
  drafts.push(
    ...findGivenCapture(engine, catalogue.kinds, drafts),
    ...findWrappedGiven(engine, catalogue.kinds, drafts),
  );
  yield;
  drafts.push(...findEarlyReturns(engine, described, drafts));
  yield;
  drafts.push(...findOpenExits(engine, described, drafts));
  yield;
  drafts.push(...findCallbackExits(engine, described, drafts));
  yield;
  drafts.push(...findAnswerWaits(engine, described, drafts));
  yield;
  drafts.push(...findAlternatives(engine, catalogue.kinds, drafts));
  yield;
  drafts.push(...findItemHandlers(engine, catalogue.kinds, described, drafts));
  drafts.push(...findBegunAgain(engine, catalogue.kinds, described, drafts));
  drafts.push(...findPerEvent(engine, catalogue.kinds, described, drafts));
  drafts.push(...findNamedByItem(engine, catalogue.kinds, described, drafts));
  drafts.push(...findOnLazyReceivers(engine, catalogue.kinds, described, drafts));
  yield;
  drafts.push(...findReassigned(engine, catalogue.kinds, described, drafts));
  yield;
  drafts.push(...findReopened(engine, catalogue.kinds, described, drafts));
  yield;
  drafts.push(...findDuplicates(engine, drafts));
  yield;
  drafts.push(...findLetGo(engine, catalogue.kinds, described, drafts));
  yield;
  drafts.push(...findRegistryFaults(engine, catalogue.kinds, described, drafts));
  yield;
  drafts.push(...findRenewedByCall(engine, catalogue.kinds, described, drafts));
  yield;
  drafts.push(...findDroppedEntries(engine, catalogue.kinds, described, drafts));
  yield;
  drafts.push(...findFilledAgain(engine, catalogue.kinds, described, drafts));
  yield;
  drafts.push(...findRenewed(engine, described, drafts));
  yield;
  drafts.push(...findKeptLeft(engine, catalogue.kinds, described, drafts));
  yield;
  drafts.push(...findKeptLocal(engine, catalogue.kinds, described, drafts));
  yield;
  drafts.push(...findLeftByCounterpart(engine, catalogue.kinds, described, drafts));
  yield;
  drafts.push(...findLooselyGuarded(engine, described, drafts));
  yield;
  drafts.push(...findVainReleases(engine, catalogue.kinds, described, drafts));
  yield;
  drafts.push(...findUncalled(engine, drafts), ...findUnrunLoops(engine), ...findRacedWaits(engine));
  yield;
  drafts.push(...findUnended(engine, described, drafts), ...findUnlikeOthers(engine, described, drafts));
  yield;
  drafts.push(...findEndedElsewhere(engine, catalogue.kinds, described, drafts));
  return toldOnce(drafts.filter((draft) => !runsNever(draft, engine))).map((draft) => weighed(draft, engine));
}

/** Does the catalogue say what it is? Of the others only the paths of the function that closes them tell. */
export function isDescribed({ form }: Acquisition): boolean {
  return form.form !== 'convention';
}
