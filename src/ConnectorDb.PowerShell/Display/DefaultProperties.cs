using System.Management.Automation.Runspaces;
using ConnectorDb.Logging;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Serving;
using ConnectorDb.PowerShell.Subscriptions;

namespace ConnectorDb.PowerShell.Display;

/// <summary>The properties that Format-List and mixed output show. The key of a device is not among them.</summary>
internal static class DefaultProperties
{
    public static IEnumerable<TypeData> All =>
    [
        Of<CdbUser>("Path", "Nickname", "Email", "Description", "Icon", "Role", "Public"),
        Of<CdbDevice>("Path", "Nickname", "Description", "Icon", "Role", "Enabled", "Public", "Visible", "UserEditable"),
        Of<CdbStream>("Path", "Nickname", "Description", "Icon", "Schema", "Datatype", "Ephemeral", "Downlink", "Count", "LastDatapoint"),
        With(Datapoints(), typeof(DatapointProperties), "T", "Timestamp", "Data", "D"),
        With(
            Of<StreamSummary>("Stream", "Count", "First", "Last", "Numbers", "Minimum", "Maximum", "Sum", "Mean"),
            typeof(SummaryProperties),
            "FirstT", "LastT", "First", "Last", "Minimum", "Maximum", "Sum", "Mean"),
        Of<TransformInfo>("Name", "Description", "Arguments", "Examples", "Documentation"),
        Of<InterpolatorInfo>("Name", "Description", "Examples", "Documentation"),
        .. InEveryCulture,
    ];

    // Jobs, remoting and Export-Clixml make texts of what is nested deeper.
    private static TypeData Datapoints()
    {
        TypeData data = Of<Datapoint>("Timestamp", "Data", "Stream");
        data.SerializationDepth = 100;
        return data;
    }

    private static TypeData Of<T>(params string[] properties) =>
        new(typeof(T).FullName!) { DefaultDisplayPropertySet = new PropertySetData(properties) };

    /// <summary>Times and numbers whose text is the same in every culture.</summary>
    private static IEnumerable<TypeData> InEveryCulture =>
    [
        Of<WaitingEntry>(typeof(WaitingEntryProperties), nameof(WaitingEntryProperties.Time), nameof(WaitingEntryProperties.Data), nameof(WaitingEntryProperties.Written), nameof(WaitingEntryProperties.Destinations)),
        Of<CdbConnection>(typeof(StatusTimes), nameof(StatusTimes.Opened)),
        Of<CdbServer>(typeof(StatusTimes), nameof(StatusTimes.Started)),
        Of<CdbSubscription>(typeof(StatusTimes), nameof(StatusTimes.Registered)),
        Of<DestinationStatus>(typeof(StatusTimes), nameof(StatusTimes.OldestPending), nameof(StatusTimes.LastSuccess), nameof(StatusTimes.NextTry), nameof(StatusTimes.LastErrorTime)),
        Of<PollItemStatus>(typeof(StatusTimes), nameof(StatusTimes.LastTime), nameof(StatusTimes.NextPoll), nameof(StatusTimes.LastErrorTime)),
    ];

    private static TypeData Of<T>(Type properties, params string[] names) => With(new TypeData(typeof(T).FullName!), properties, names);

    private static TypeData With(TypeData type, Type properties, params string[] names)
    {
        foreach (string name in names)
        {
            type.Members.Add(name, new CodePropertyData(name, properties.GetMethod(name)));
        }

        return type;
    }
}
