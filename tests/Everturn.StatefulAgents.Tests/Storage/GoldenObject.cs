using Everturn.StatefulAgents.Tests.Fixtures;

namespace Everturn.StatefulAgents.Tests.Storage;

/// <summary>The object of the golden files: something of everything that an object stores.</summary>
internal static class GoldenObject
{
    public const string Name = "golden ä";

    public static AgentRetryOptions Retry { get; } =
        new()
        {
            MaxAttempts = 2,
            BaseDelay = TimeSpan.FromMilliseconds(1),
            MaxDelay = TimeSpan.FromMilliseconds(2),
        };

    private static readonly DateTimeOffset Scheduled = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes all of it. The first item of the queue, callback <c>act</c>, must not end before the host does.</summary>
    public static void Write(Worker agent)
    {
        agent.SetState(new CounterState(7, "Zürich"));
        agent.Storage.Put("number", 1);
        agent.Storage.Put("ключ", new[] { "a", "b" });
        agent.Query($"CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT, weight REAL, data BLOB)");
        agent.Query(
            $"INSERT INTO notes VALUES ({1}, {"eins"}, {0.5}, {new byte[] { 0, 255 }}), ({2}, NULL, NULL, NULL)"
        );
        agent.Schedules.Add(TimeSpan.FromHours(1), "record", "delayed", new() { Retry = Retry });
        agent.Schedules.Add(Scheduled, "record", "scheduled");
        agent.Schedules.AddCron("0 9 * * 1-5", "record", "cron");
        agent.Schedules.AddEvery(TimeSpan.FromDays(2), "record", "interval");
        agent.Queue.Add("act", "held", Retry);
        agent.Queue.Add("record", "queued");
    }

    /// <summary>Checks what is left two hours after it was written, when what was due has run.</summary>
    public static void ShouldBeThere(Worker agent)
    {
        agent.State.ShouldBe(new(7, "Zürich"));
        agent.Storage.Get<int>("number").ShouldBe(1);
        agent.Storage.Get<string[]>("ключ").ShouldBe(["a", "b"]);
        var rows = agent.Query($"SELECT text, weight, data FROM notes ORDER BY id");
        (rows[0][0].AsText(), rows[0][1].AsDouble()).ShouldBe(("eins", 0.5));
        rows[0][2].AsBlob().ToArray().ShouldBe([0, 255]);
        rows[1][0].IsNull.ShouldBeTrue();

        var schedules = agent.Schedules.List().ToDictionary(schedule => schedule.Type);
        schedules.Count.ShouldBe(3);
        schedules.Values.ShouldAllBe(schedule => schedule.Callback == "record" && schedule.Id.Length == 9);
        schedules[ScheduleType.Scheduled].Time.ShouldBe(Scheduled);
        schedules[ScheduleType.Scheduled].Payload!.Value.GetString().ShouldBe("scheduled");
        schedules[ScheduleType.Cron].Cron.ShouldBe("0 9 * * 1-5");
        schedules[ScheduleType.Cron].Time.ShouldBe(new(2026, 1, 1, 9, 0, 0, TimeSpan.Zero));
        schedules[ScheduleType.Interval].Interval.ShouldBe(TimeSpan.FromDays(2));
        schedules[ScheduleType.Interval].Time.ShouldBe(new(2026, 1, 3, 0, 0, 0, TimeSpan.Zero));
    }
}
