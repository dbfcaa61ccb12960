using System.Globalization;
using ConnectorDb.Contracts;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <content>Points of a measurement.</content>
public sealed partial class WriteCdbLogCommand
{
    /// <summary>A point without the fields that cannot be stored: a warning for NaN and infinity, an error for others and for a point without fields.</summary>
    private void AddPoint()
    {
        List<KeyValuePair<string, DataValue>> fields = [];
        List<OmittedMember> notFinites = [];
        foreach ((string name, object? value) in PowerShellValue.Entries(Field!))
        {
            Try(() => AddField(fields, notFinites, name, value), name);
        }

        if (fields.Count == 0 && Field!.Count > 0)
        {
            if (notFinites.Count > 0)
            {
                throw new InvalidValueException($"The field '{notFinites[0].Name}' is {notFinites[0].Number.ToString(CultureInfo.InvariantCulture)}, which JSON cannot hold. No field is left, so nothing was written.", notFinites[0].Name);
            }

            return;
        }

        _omitted!.Add(notFinites);

        LogPoint point = new(new DataObject([.. fields]), NamedFields.Of(Tag, _omitted!));
        OperationTrace.Current?.Add($"Logged {Measurement}: {point.ToValue()}");
        foreach (RejectedField rejected in Target.WritePoints(Measurement!, [(_time ?? double.NaN, point)], OnInvalid.RejectInvalid))
        {
            WriteError(ErrorRecords.Of(rejected.Error, rejected.Field));
        }
    }

    private void AddField(List<KeyValuePair<string, DataValue>> fields, List<OmittedMember> notFinites, string name, object? value)
    {
        if (PowerShellValue.TryRead(name, value, _omitted, out DataValue field, out double notFinite))
        {
            fields.Add(new(name, field));
        }
        else
        {
            notFinites.Add(new OmittedMember(name, notFinite));
        }
    }
}
