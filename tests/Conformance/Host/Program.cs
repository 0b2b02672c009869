using Everturn.Conformance.Host;

await ConformanceApp.Create(args).RunAsync();
