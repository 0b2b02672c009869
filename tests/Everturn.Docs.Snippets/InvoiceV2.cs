using Everturn.Workflows;

namespace Everturn.Docs.Snippets;

[Workflow("invoice")]
