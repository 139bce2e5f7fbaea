import { samples } from '../expectLeaks';

const directive = (members: string, imports = ''): string =>
  `import { Directive, HostListener } from '@angular/core';\n${imports}\n@Directive({ selector: '[appGrip]' })\nexport class Grip {\n  held: any;\n  move() {}\n${members}\n}`;

const rxjs = "import { fromEvent } from 'rxjs';";

samples(
  'what only the handlers of a component end',
  [
    {
      name: 'a stream of the document',
      code: directive(
        `  @HostListener('mousedown') down() {
    this.held = fromEvent(document, 'mousemove').subscribe(() => this.move()); // leak listener/rx-subscription-stored
  }
  @HostListener('document:mouseup') up() {
    if (this.held) this.held.unsubscribe();
  }`,
        rxjs,
      ),
    },
    {
      name: 'the same by an older name',
      code: directive(
        `  @HostListener('mousedown') down() {
    this.held = Observable.fromEvent(document, 'mousemove').subscribe(() => this.move()); // leak listener/rx-subscription-stored
  }
  @HostListener('document:mouseup') up() {
    this.held?.unsubscribe();
  }`,
        "import { Observable } from 'rxjs/Rx';",
      ),
    },
    {
      name: 'an interval while a button is held',
      code: directive(`  @HostListener('mousedown') down() {
    this.held = setInterval(() => this.move(), 50); // leak listener/interval
  }
  @HostListener('mouseup') up() {
    clearInterval(this.held);
  }`),
    },
  ],
  [
    {
      name: 'a teardown that ends it too',
      code: directive(
        `  @HostListener('mousedown') down() {
    this.held = fromEvent(document, 'mousemove').subscribe(() => this.move());
  }
  @HostListener('document:mouseup') up() {
    this.held?.unsubscribe();
  }
  ngOnDestroy() {
    this.up();
  }`,
        rxjs,
      ),
    },
    {
      name: 'a stream that the release ends',
      code: directive(
        `  @HostListener('mousedown') down() {
    this.held = fromEvent(document, 'mousemove').pipe(takeUntil(fromEvent(document, 'mouseup'))).subscribe(() => this.move());
  }
  @HostListener('document:mouseup') up() {
    this.held?.unsubscribe();
  }`,
        "import { fromEvent, takeUntil } from 'rxjs';",
      ),
    },
    {
      name: 'a method that anybody may call',
      code: directive(`  @HostListener('mousedown') down() {
    this.held = setInterval(() => this.move(), 50);
  }
  stopMoving() {
    clearInterval(this.held);
  }`),
    },
  ],
);
