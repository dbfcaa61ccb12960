using System.Collections;
using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Queries;

/// <summary>Runs a PipeScript on objects of the pipeline and outputs each result as soon as it is known.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CdbTransform")]
[OutputType(typeof(Datapoint))]
public sealed class InvokeCdbTransformCommand : CdbCmdlet
{
    private Func<Block, IEnumerable<Block>>? _push;
    private Func<IEnumerable<Block>>? _finish;
    private PipelineDatapointReader _reader = new();
    private OmittedMembers? _omitted;
    private bool _isArgument;

    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string Transform { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>The property of the value; several properties make an object.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Property { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TimestampProperty { get; set; }

    protected override void Begin()
    {
        (_push, _finish) = Engine.Start(Transform);
        _isArgument = Given(nameof(InputObject));
        _omitted = new OmittedMembers(Warn);
        _reader = new PipelineDatapointReader { ValueProperties = Property, TimestampProperty = TimestampProperty, Whole = WholeObject.Read, Omitted = _omitted };
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
        Write(_finish!());
        _omitted!.Complete();
    }

    private void Push(object? item)
    {
        if (TryRead(item, out Block? point))
        {
            Write(_push!(point!));
        }
    }

    private bool TryRead(object? item, out Block? point)
    {
        point = null;
        try
        {
            (double t, DataValue value, string? origin) = _reader.Read(item);
            double time = double.IsNaN(t) ? UnixTime.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) : t;
            Column values = value.Kind == DataKind.Number && !value.IsNumberText
                ? new NumberColumn(new[] { value.AsDouble() })
                : new ValueColumn(new[] { value });
            point = new Block(new[] { time }, values, origin is null ? null : new[] { origin });
        }
        catch (InvalidValueException error)
        {
            WriteError(ErrorRecords.Of(error, item));
        }

        return point is not null;
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
