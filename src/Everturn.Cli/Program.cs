return await Everturn.Cli.EverturnCommand.RunAsync(args).ConfigureAwait(false);
