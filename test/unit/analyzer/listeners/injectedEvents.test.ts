import { samples } from '../expectLeaks';

samples(
  'listener/vscode-event-dropped',
  [
    {
      name: 'the only instance of an injected class that has a dispose',
      code: `import { injectable, inject } from 'inversify';\n@injectable()\nexport class Tracker {\n  private readonly pending = new Map<string, number>();\n  constructor(@inject(Documents) private readonly documents: Documents) {\n    this.documents.onDidOpenTextDocument((document) => this.note(document.name)); // leak listener/vscode-event-dropped\n  }\n  dispose() {\n    this.pending.clear();\n  }\n  private note(name: string) {\n    this.pending.set(name, 1);\n  }\n}\nexport const tracker = new Tracker(documents);`,
    },
  ],
  [
    {
      name: 'the only instance of a class that closes something else',
      code: `import { injectable, inject } from 'inversify';\n@injectable()\nexport class Opener {\n  constructor(@inject(Widgets) private readonly widgets: Widgets) {\n    this.widgets.onDidCreateWidget((widget) => this.note(widget));\n  }\n  closeAll() {\n    for (const widget of this.widgets.all()) widget.close();\n  }\n  private note(widget: unknown) {\n    console.log(widget);\n  }\n}\nexport const opener = new Opener(widgets);`,
    },
    {
      name: 'the only instance of a class without an end',
      code: `import { injectable, inject } from 'inversify';\n@injectable()\nexport class Opener {\n  constructor(@inject(Widgets) private readonly widgets: Widgets) {\n    this.widgets.onDidCreateWidget((widget) => console.log(widget));\n  }\n}\nexport const opener = new Opener(widgets);`,
    },
  ],
);
