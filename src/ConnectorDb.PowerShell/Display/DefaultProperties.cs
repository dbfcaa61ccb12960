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
        With(Of<CdbUser>("Path", "Nickname", "Email", "Description", "Icon", "Role", "Public"), typeof(PathProperties), "Path"),
        With(Of<CdbDevice>("Path", "Nickname", "Description", "Icon", "Role", "Enabled", "Public", "Visible", "UserEditable"), typeof(PathProperties), "Path"),
        Streams(),
        With(Datapoints(), typeof(DatapointProperties), "T", "Timestamp", "Data", "D"),
        With(
            With(Of<StreamSummary>("Stream", "Count", "First", "Last", "Numbers", "Minimum", "Maximum", "Sum", "Mean"), typeof(PathProperties), "Stream"),
            typeof(SummaryProperties),
            "FromT", "ToT", "From", "To", "FirstT", "LastT", "First", "Last", "Minimum", "Maximum", "Sum", "Mean"),
        Of<TransformInfo>("Name", "Description", "Arguments", "Examples", "Documentation"),
        Of<InterpolatorInfo>("Name", "Description", "Examples", "Documentation"),
        .. InEveryCulture,
    ];

    private static TypeData Streams()
    {
        TypeData stream = With(
            Of<CdbStream>("Path", "Nickname", "Description", "Icon", "Schema", "Datatype", "Ephemeral", "Downlink", "Labels", "Datapoints", "LastDatapoint"),
            typeof(PathProperties), "Path", "Device");
        stream.Members.Add("Schema", new CodePropertyData("Schema", typeof(StreamSchema).GetMethod("Get"), typeof(StreamSchema).GetMethod("Set")));
        return stream;
    }

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
        Of<DeadLetter>(typeof(DeadLetterProperties), nameof(DeadLetterProperties.Timestamp), nameof(DeadLetterProperties.Data), nameof(DeadLetterProperties.Time), nameof(DeadLetterProperties.SetAsideAt)),
        With(With(Of<CdbConnection>(typeof(StatusProperties), nameof(StatusProperties.Opened)), typeof(ConnectionProperties), nameof(ConnectionProperties.IsDefault)), typeof(PathProperties), nameof(PathProperties.Identity)),
        With(Of<CdbSession>(typeof(StatusProperties), nameof(StatusProperties.Created), nameof(StatusProperties.LastUsed), nameof(StatusProperties.Expires)), typeof(PathProperties), nameof(PathProperties.Device)),
        Of<CdbLogger>(typeof(StatusProperties), nameof(StatusProperties.LastSync)),
        Of<LogChannel>(typeof(ChannelProperties), nameof(ChannelProperties.Schema), nameof(ChannelProperties.Nickname), nameof(ChannelProperties.Description), nameof(ChannelProperties.Datatype), nameof(ChannelProperties.Fields), nameof(ChannelProperties.Tags)),
        Of<CdbServer>(typeof(StatusProperties), nameof(StatusProperties.Started)),
        With(Of<CdbSubscription>(typeof(StatusProperties), nameof(StatusProperties.Registered)), typeof(PathProperties), nameof(PathProperties.Stream)),
        Of<DestinationStatus>(typeof(StatusProperties), nameof(StatusProperties.OldestPending), nameof(StatusProperties.Rate), nameof(StatusProperties.LastSuccess), nameof(StatusProperties.NextTry), nameof(StatusProperties.LastErrorTime)),
        Of<PollItemStatus>(typeof(StatusProperties), nameof(StatusProperties.LastValue), nameof(StatusProperties.LastTime), nameof(StatusProperties.NextPoll), nameof(StatusProperties.LastErrorTime)),
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
