using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Values;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Commands.Queries;

/// <summary>Runs a PipeScript on objects of the pipeline and outputs each result as soon as it is known.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CdbTransform")]
[OutputType(typeof(Datapoint))]
public sealed class InvokeCdbTransformCommand : CdbCmdlet
{
    private Func<Block, IEnumerable<Block>>? _push;
    private Func<IEnumerable<Block>>? _finish;
    private PipelineDatapointReader _reader = new();
    private TimestampRows<(PipelinePoint Point, object? Item)>? _rows;
    private OmittedMembers? _omitted;
    private bool _isArgument;

    [Parameter(Mandatory = true, Position = 0)]
    [NonEmpty]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string Transform { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>The property of the value; several properties make an object.</summary>
    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    public string[] Property { get; set; } = [];

    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    public string? TimestampProperty { get; set; }

    /// <summary>The formats of times as text. The first that fits counts.</summary>
    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(TimestampFormatCompleter))]
    public string[]? TimestampFormat { get; set; }

    /// <summary>The zone of times without an offset.</summary>
    [Parameter]
    [TimeZoneArgument]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public TimeZoneInfo? TimeZone { get; set; }

    /// <summary>The culture of dates such as 03/04/2026.</summary>
    [Parameter]
    [CultureArgument]
    [ArgumentCompleter(typeof(CultureCompleter))]
    public CultureInfo? Culture { get; set; }

    protected override void Begin()
    {
        (_push, _finish) = Engine.Start(Transform);
        _isArgument = Given(nameof(InputObject));
        _omitted = new OmittedMembers(Warn);
        TimestampParser times = TimestampParsers.Of(TimestampFormat, TimeZone, Culture);
        _reader = new PipelineDatapointReader { ValueProperties = Property, TimestampProperty = TimestampProperty, Whole = WholeObject.Read, Omitted = _omitted, Times = times };
        _rows = new(times, (row, t) => Push(row.Point, t), (row, reason) => WriteError(ErrorRecords.Of(row.Point.Refused(reason, row.Item), row.Item)));
    }

    protected override void Process()
    {
        object? given = PowerShellObject.Unwrap(InputObject);
        if (_isArgument && given is ICollection many and not IDictionary)
        {
            foreach (object? item in many)
            {
                Push(item);
            }
        }
        else
        {
            Push(InputObject);
        }
    }

    protected override void End()
    {
        _rows!.Complete();
        Write(_finish!());
        _omitted!.Complete();
    }

    private void Push(object? item)
    {
        try
        {
            PipelinePoint point = _reader.Read(item);
            point.AddTo(_rows!, (point, item));
        }
        catch (InvalidValueException error)
        {
            WriteError(ErrorRecords.Of(error, item));
        }
    }

    private void Push(PipelinePoint point, double t)
    {
        double time = double.IsNaN(t) ? UnixTime.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) : t;
        Column values = point.Value.Kind == DataKind.Number && !point.Value.IsNumberText
            ? new NumberColumn(new[] { point.Value.AsDouble() })
            : new ValueColumn(new[] { point.Value });
        Write(_push!(new Block(new[] { time }, values, point.Origin is null ? null : new[] { point.Origin })));
    }

    private void Write(IEnumerable<Block> results)
    {
        try
        {
            foreach (Block block in results)
            {
                for (int i = 0; i < block.Count; i++)
                {
                    WriteObject(block.At(i));
                }
            }
        }
        catch (ScriptRuntimeException error)
        {
            ThrowTerminatingError(ErrorRecords.Of(error));
        }
    }
}
