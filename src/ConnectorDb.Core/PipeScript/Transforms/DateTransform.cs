using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>A transform that reads the clock or calendar of a time zone at the time of a datapoint.</summary>
internal abstract class DateTransform(string name, string description, string documentation, string example, string outputSchema = "") : Transform
{
    private const string Zones = """
        The zone is an IANA name such as `"Europe/Berlin"`, `"UTC"`, or `"Local"`, the zone of the machine, which is the default.
        Windows knows the rules of a zone since about 2007, and applies its first rule to all times before.
        """;

    public override TransformInfo Info { get; } = new()
    {
        Name = name,
        Description = description,
        Documentation = string.Join("\n\n", new[] { documentation, Zones }.Where(part => part.Length > 0)),
        Arguments = [new() { Name = "zone", Description = "The time zone.", Optional = true, Default = "\"Local\"", Constant = true }],
        Examples = [example],
        OneToOne = true,
        Stateless = true,
        OutputSchema = outputSchema,
    };

    internal sealed override NodeFactory Bind(BoundCall call)
    {
        TimeZoneInfo zone = Find(call);
        return _ => new TimeNode(In(new Zone(zone)));
    }

    /// <summary>A part of the date or time of an instant in a zone.</summary>
    /// <returns>A function of nanoseconds of unix time.</returns>
    protected abstract Func<long, DataValue> In(Zone zone);

    private static TimeZoneInfo Find(BoundCall call)
    {
        string name = call.Text(0);
        if (name is "" or "UTC")
        {
            return TimeZoneInfo.Utc;
        }

        if (name == "Local")
        {
            return call.Settings.LocalZone;
        }

        return TimeZones.Find(name) ?? throw call.Error(0, "is no time zone. Zones have names such as \"Europe/Berlin\"");
    }
}
