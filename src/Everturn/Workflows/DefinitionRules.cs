namespace Everturn.Workflows;

/// <summary>What a workflow's definition may be.</summary>
internal static class DefinitionRules
{
    private const int MaxSchedules = 100;

    public static void Check(WorkflowAttribute attribute, WorkflowDefinitionOptions definition, string type)
    {
        WorkflowIdentifiers.CheckWorkflowName(attribute.Name, type);
        if (attribute.Version < 1)
        {
            throw new InvalidInputException($"{type}.Version", "must be 1 or more.");
        }

        if (definition.ConcurrencyLimit < 1)
        {
            throw new InvalidInputException($"{type}.ConcurrencyLimit", "must be 1 or more.");
        }

        if (definition.StepLimit is < 1 or > WorkflowDefinitionOptions.MaxStepLimit)
        {
            throw new InvalidInputException(
                $"{type}.StepLimit",
                $"must be 1 to {WorkflowDefinitionOptions.MaxStepLimit}."
            );
        }

        definition.Retention.Check($"{type}.Retention");
        if (definition.Schedules.Count > MaxSchedules)
        {
            throw new InvalidInputException($"{type}.Schedules", $"must be at most {MaxSchedules}.");
        }

        foreach (var schedule in definition.Schedules)
        {
            _ = CronSchedule.Parse(schedule.Cron, schedule.TimeZone, $"{type}.Schedules");
            InstanceRules.CheckSize(schedule.ParamsJson, $"{type}.Schedules");
        }
    }
}
