using System.Diagnostics;
using Everturn;
using Everturn.Sqlite;
using Everturn.Sqlite.Child;
using Everturn.Sqlite.Engine;
using Everturn.Storage;

// A process that opens a data directory and does what it is told on its standard input, one answer a line. The tests
// kill it, stop it and start it again.
var options = new SqliteOptions
{
    DataDirectory = args[0],
    Lease = TimeSpan.FromMilliseconds(int.Parse(args[1])),
    ChangePollInterval = TimeSpan.FromMilliseconds(50),
};
await using var storage = await SqliteStorage.OpenAsync(options, [NotesSchema.Schema], new StorageServices());
var born = storage.Nodes.Self;
Console.WriteLine($"{born.NodeId} {born.Epoch}");

while (Console.ReadLine() is { } line)
{
    var words = line.Split(' ', 2);
    if (words[0] == "exit")
        break;
    Console.WriteLine(await Answer(words[0], words.ElementAtOrDefault(1) ?? ""));
}

async Task<string> Answer(string verb, string argument)
{
    switch (verb)
    {
        case "epoch":
            return $"{storage.Nodes.Self.Epoch}";
        case "count":
            return $"{storage.Reads.Read(NotesSchema.Count)}";
        case "spawn":
            using (var grandchild = Process.Start(new ProcessStartInfo("sleep", "60") { UseShellExecute = false })!)
                return $"{grandchild.Id}";
        case "add-as-born":
            return await Add(argument, new Fence(born, 1));
        case "add":
            return await Add(argument, new Fence(storage.Nodes.Self, 1));
        case "burst":
            var count = int.Parse(argument);
            await Parallel.ForAsync(
                0,
                count,
                async (_, _) => await Add(ServerId.New(TimeProvider.System), new Fence(born, 1))
            );
            return "added";
        default:
            return "unknown";
    }
}

async Task<string> Add(string text, Fence fence)
{
    try
    {
        await storage.Committer.CommitAsync(
            CommitKind.SessionUpdate,
            connection =>
            {
                FenceCheck.Require(connection, fence);
                return NotesSchema.Insert(connection, text);
            }
        );
        return "added";
    }
    catch (EverturnException exception)
    {
        return exception.GetType().Name;
    }
}
