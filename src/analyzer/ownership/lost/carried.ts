/**
 * `this.outline = new LineSegments(edges, material); … scene.remove(this.outline); this.outline = null;`: what an object was made
 * with is lost with the object, unless it is ended by the object's member before.
 */
import type { Acquisition } from '../../acquisitions';
import type { Draft } from '../../draft';
import { isEmptyValue } from '../../emptyValues';
import type { Engine } from '../../engine';
import { fileRoleOf } from '../../fileRole';
import { releaseMethodsOf } from '../../flow/endingMethods';
import { holderOf } from '../../flow/roles';
import { type Place, textOf } from '../../places';
import type { ResourceKind } from '../../resources/model';
import { enclosingFunction, lineOf, rangeOf, ts, unwrap, wrapped } from '../../syntax';
import { frequencyStep } from '../assess';
import { fatesOf, isTest } from '../values/fate';
import { assignmentOfValue } from './assignedValues';

type Carrying = NonNullable<ResourceKind['carriedBy']>;

/** The object that was made with it, and the member by which it has it. */
interface Carrier {
  readonly made: ts.NewExpression;
  readonly member: string;
}

/** Findings for what goes with an object that is taken out of the scene and forgotten. */
export function findCarried(
  engine: Engine,
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  if (fileRoleOf(engine.program.path, engine.program.text) !== 'production') return [];
  const told = new Set(known.map(({ node }) => node));
  return acquisitions.flatMap((acquisition) => {
    const { carriedBy } = acquisition.kind;
    const draft = carriedBy && !told.has(acquisition.node) ? judge(acquisition, carriedBy, engine) : undefined;
    return draft ? [draft] : [];
  });
}

function judge(acquisition: Acquisition, carrying: Carrying, engine: Engine): Draft | undefined {
  const { kind, node, result } = acquisition;
  const carrier = result && carrierOf(result, kind, carrying, engine);
  const write = carrier && assignmentOfValue(carrier.made, engine);
  const place = write && engine.program.places.of(unwrap(write.left));
  if (!carrier || !write || place?.root.kind !== 'owner' || place.path.length !== 1) return undefined;
  const frequency = engine.frequency.of(node);
  if (frequency.level === 'once' || frequency.level === 'instance') return undefined;
  if (mayBeEnded(place, carrier.member, acquisition, carrying, engine)) return undefined;
  const taken = takenOut(place, carrying, engine);
  if (!taken) return undefined;
  const held = `\`${textOf(place)}\``;
  const participle = kind.participle ?? 'released';
  return {
    kind: kind.id,
    mechanism: 'overwritten-before-release',
    severity: frequency.level === 'hot' ? 'medium' : 'low',
    confidence: 'medium',
    message: `The ${kind.noun} of ${held} is never ${participle}: line ${lineOf(taken)} only takes the object out, and then it is forgotten.`,
    advice: `Have \`${textOf(place)}.${carrier.member}\` ${participle} there, too.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is made here`, range: rangeOf(node) },
      { role: 'held', message: `Kept by the object in ${held}`, range: rangeOf(write) },
      { role: 'exit', message: 'Taken out here, and forgotten', range: rangeOf(taken) },
      frequencyStep(frequency, node),
    ],
  };
}

/** `new Mesh(new BoxGeometry(), material)`, also by way of a constant that nobody else is given. */
function carrierOf(result: ts.Expression, kind: ResourceKind, carrying: Carrying, engine: Engine): Carrier | undefined {
  const direct = carrierAround(result, carrying, engine);
  if (direct) return direct;
  const holder = holderOf(result, engine);
  if (!holder) return undefined;
  const ending = releaseMethodsOf(kind);
  const carriers: Carrier[] = [];
  for (const use of holder.references) {
    const around = carrierAround(use, carrying, engine);
    if (around) carriers.push(around);
    else if (!fatesOf(use, engine.program).every((fate) => fate.kind === 'used' && !ending.has(fate.member)))
      return undefined;
  }
  const [only, ...others] = carriers;
  return others.length === 0 ? only : undefined;
}

function carrierAround(
  value: ts.Expression,
  { callee, members }: Carrying,
  { program, types }: Engine,
): Carrier | undefined {
  const outer = wrapped(value);
  const made = outer.parent;
  if (!ts.isNewExpression(made) || !types.matches(program.origins.nameOf(made.expression), callee)) return undefined;
  const member = members[(made.arguments as readonly ts.Node[] | undefined)?.indexOf(outer) ?? -1];
  return member === undefined ? undefined : { made, member };
}

/** By its member, by whoever walks over all objects, or by somebody else who has the object. */
function mayBeEnded(
  { key }: Place,
  member: string,
  { kind }: Acquisition,
  { adds, removes, walks }: Carrying,
  engine: Engine,
): boolean {
  const { byProperty } = engine.releasesOf(kind);
  if (byProperty.has(member) || engine.uses.reads(`${key}.${member}`).length > 0) return true;
  if (walks.some((name) => engine.program.callees.accesses.has(name))) return true;
  return engine.uses.reads(key).some((use) =>
    fatesOf(use, engine.program).some((fate) => {
      if (fate.kind === 'used' || fate.kind === 'dropped' || isTest(wrapped(use))) return false;
      const callee = fate.kind === 'passed' ? unwrap(fate.call.expression) : undefined;
      const name = callee && ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
      return fate.kind === 'collected' ? !isAdding(fate.node, adds) : ![...adds, ...removes].includes(name);
    }),
  );
}

/** `scene.add(this.outline)` */
function isAdding(node: ts.Node, adds: readonly string[]): boolean {
  const callee = ts.isCallExpression(node) ? unwrap(node.expression) : undefined;
  return callee !== undefined && ts.isPropertyAccessExpression(callee) && adds.includes(callee.name.text);
}

/** The call that takes the object out, in a function that empties the place after it. */
function takenOut({ key }: Place, { removes }: Carrying, { program, uses }: Engine): ts.Node | undefined {
  return uses
    .reads(key)
    .map((use) => wrapped(use).parent)
    .find((call) => {
      if (!ts.isCallExpression(call)) return false;
      const callee = unwrap(call.expression);
      const isOut = ts.isPropertyAccessExpression(callee) && removes.includes(callee.name.text);
      return (
        isOut &&
        uses
          .writes(key)
          .some(
            (write) =>
              isEmptyValue(unwrap(write.right)) &&
              write.pos > call.pos &&
              enclosingFunction(write) === enclosingFunction(call) &&
              program.places.of(unwrap(write.left))?.key === key,
          )
      );
    });
}
