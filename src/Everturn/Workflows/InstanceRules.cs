using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>What instances and events may be (Cloudflare Workflows; see the spec's sections 1.2, 1.3 and 1.17).</summary>
internal static class InstanceRules
{
    private const string BatchField = "body";

    public static void Check(CreateInstance instance)
    {
        CheckSize(instance.ParamsJson, "params");
        instance.Retention?.Check("retention");
        if (instance.Key.Id.Length > 0)
        {
            WorkflowIdentifiers.CheckInstanceId(instance.Key.Id);
        }
    }

    public static void CheckBatch(IReadOnlyList<CreateInstance> instances)
    {
        if (instances.Count == 0)
        {
            throw new InvalidInputException(BatchField, "batchCreate should have at least 1 instance");
        }

        if (instances.Count > CreateInstance.MaxBatch)
        {
            throw new InvalidInputException(
                BatchField,
                $"batchCreate only supports {CreateInstance.MaxBatch} instances at a time"
            );
        }

        if (instances.Sum(instance => (long)instance.ParamsJson.Length) > CreateInstance.MaxBatchBytes)
        {
            throw new InvalidInputException("params", "of a batch are larger than 1 MiB together.");
        }

        foreach (var instance in instances)
        {
            Check(instance);
        }
    }

    public static void CheckDeleteBatch(IReadOnlyList<string> ids)
    {
        if (ids.Count == 0)
        {
            throw new InvalidInputException(BatchField, "batchDeleteInstances should have at least 1 instance");
        }

        if (ids.Count > DeletedBatch.Max)
        {
            throw new InvalidInputException(
                BatchField,
                $"batchDeleteInstances only supports {DeletedBatch.Max} instances at a time"
            );
        }

        foreach (var id in ids)
        {
            WorkflowIdentifiers.CheckInstanceId(id, "ids");
        }
    }

    public static void Check(InstanceQuery query)
    {
        if (query.Limit is < 1 or > InstanceQuery.MaxLimit)
        {
            throw new InvalidInputException("limit", $"must be 1 to {InstanceQuery.MaxLimit}.");
        }

        if (query.After is { } after && after.Key.Tenant != query.Tenant)
        {
            throw new InvalidInputException("cursor", "belongs to another list.");
        }
    }

    public static void CheckSize(ReadOnlyMemory<byte> json, string field)
    {
        if (json.Length > JournalRecord.MaxValueBytes)
        {
            throw new InvalidInputException(field, "is larger than 1 MiB.");
        }
    }
}
