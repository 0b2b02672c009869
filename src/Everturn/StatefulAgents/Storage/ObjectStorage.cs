using System.Text;
using Everturn.StatefulAgents.Hosting;

namespace Everturn.StatefulAgents.Storage;

/// <summary>Values by key and transactions of one object.</summary>
internal sealed class ObjectStorage(ObjectActivation activation) : IAgentStorage
{
    private const int MaxKeyBytes = 2048;
    private const int MaxBytes = 2 * 1024 * 1024;

    private int _transactions;

    /// <summary>The stay in memory that it is for.</summary>
    public ObjectActivation Activation => activation;

    private IObjectDatabase Database => activation.Database;

    public long DatabaseSize
    {
        get
        {
            activation.RequireTurn();
            return Database.Size;
        }
    }

    public T? Get<T>(string key) => TryGet<T>(key, out var value) ? value : default;

    public bool TryGet<T>(string key, out T? value)
    {
        Check(key);
        if (HasTable() && Database.Execute(AgentSql.SelectValue, new SqlValue(key)).FirstOrNull() is { } row)
        {
            value = AgentJson.Read<T>(row[0].AsBlob());
            return true;
        }

        value = default;
        return false;
    }

    public void Put<T>(string key, T value)
    {
        Check(key);
        var json = AgentJson.Write(value);
        if (json.Length + Encoding.UTF8.GetByteCount(key) > MaxBytes)
        {
            throw new InvalidInputException(
                nameof(value),
                $"Key and value are at most {MaxBytes} bytes together; the value has {json.Length}."
            );
        }

        activation.Tables.Ensure(AgentSql.KeyValueTable, AgentSql.CreateKeyValue);
        Database.Execute(AgentSql.SaveValue, new SqlValue(key), new SqlValue(json));
    }

    public bool Delete(string key)
    {
        Check(key);
        return HasTable() && Database.Execute(AgentSql.DeleteValue, new SqlValue(key)).RowsWritten > 0;
    }

    public IReadOnlyList<KeyValuePair<string, T?>> List<T>(StorageListOptions? options = null)
    {
        activation.RequireTurn();
        options ??= new();
        if (options.Limit < 1)
        {
            throw new InvalidInputException("limit", "List limit must be positive.");
        }

        if (options is { Start: not null, StartAfter: not null })
        {
            throw new InvalidInputException("startAfter", "A list has a start or a place to start after, not both.");
        }

        if (!HasTable())
        {
            return [];
        }

        var rows = Database.Execute(
            options.Reverse ? AgentSql.ListValuesReverse : AgentSql.ListValues,
            new SqlValue(options.Start),
            new SqlValue(options.StartAfter),
            new SqlValue(options.End),
            new SqlValue(options.Prefix),
            new SqlValue(options.Limit ?? -1L)
        );
        return [.. rows.Select(row => KeyValuePair.Create(row[0].AsText(), AgentJson.Read<T>(row[1].AsBlob())))];
    }

    public void DeleteAll()
    {
        activation.RequireTurn();
        if (_transactions > 0)
        {
            throw new InvalidOperationException("Everything cannot be deleted inside of a transaction.");
        }

        if (!Database.Exists)
        {
            return;
        }

        Database.Savepoint(() =>
        {
            while (Database.Execute(AgentSql.NextObject).FirstOrNull() is { } found)
            {
                var name = found[1].AsText().Replace("\"", "\"\"", StringComparison.Ordinal);
                Database.ExecuteOnce($"DROP {found[0].AsText()} \"{name}\"");
            }
        });
        activation.Agent.ForgetState();
        activation.Alarm.Touch();
    }

    public void Transaction(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        activation.RequireTurn();
        var sent = activation.Outbox.Count;
        _transactions++;
        try
        {
            Database.Savepoint(action);
        }
        catch
        {
            activation.Outbox.Truncate(sent);
            activation.Agent.ForgetState();
            throw;
        }
        finally
        {
            _transactions--;
            activation.Alarm.Touch();
        }
    }

    public Task SyncAsync()
    {
        activation.RequireTurn();
        return activation.Outbox.WhenOpen();
    }

    private bool HasTable()
    {
        activation.RequireTurn();
        return activation.Tables.Has(AgentSql.KeyValueTable);
    }

    private void Check(string key)
    {
        activation.RequireTurn();
        var bytes = Encoding.UTF8.GetByteCount(key ?? "");
        if (bytes is 0 or > MaxKeyBytes)
        {
            throw new InvalidInputException(
                nameof(key),
                $"Keys cannot be empty or larger than {MaxKeyBytes} bytes. A key of size {bytes} was provided."
            );
        }
    }
}
