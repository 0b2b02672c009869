using Everturn.Bench.Running;

return await CommandLine.Root().Parse(args).InvokeAsync();
