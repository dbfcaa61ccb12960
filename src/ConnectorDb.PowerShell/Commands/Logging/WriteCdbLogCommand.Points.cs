using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <content>Points of a measurement.</content>
public sealed partial class WriteCdbLogCommand
{
    /// <summary>The point of a row with the columns Measurement and Field, and Tag, Timestamp or Time if it has them.</summary>
    private bool TryAddPoint()
    {
        if (Property.Length > 0 || PowerShellObject.Unwrap(InputObject) is not PSCustomObject || !Members.TryGet(InputObject, "Measurement", out object? name)
            || !Members.TryGet(InputObject, "Field", out object? fields) || PowerShellObject.Unwrap(fields) is not IDictionary field)
        {
            return false;
        }

        object? tag = Members.TryGet(InputObject, "Tag", out object? tags) ? PowerShellObject.Unwrap(tags) : null;
        object? time = Members.TryGet(InputObject, "Timestamp", out object? given) || Members.TryGet(InputObject, "Time", out given) ? given : null;
        double t = _time ?? double.NaN;
        if (_time is null && time is not null && !TimeText.TryReadArgument(time, TimeText.ParserIn(null), out t, out string? reason))
        {
            throw new InvalidValueException($"The time of a point of '{name}' cannot be read. {reason}", time);
        }

        AddPoint($"{name}", field, tag as IDictionary, t);
        return true;
    }

    /// <summary>A point without the fields that cannot be stored: a warning for NaN and infinity and for a point without fields, an error for others.</summary>
    private void AddPoint(string measurement, IDictionary given, IDictionary? tags, double t)
    {
        if (given.Count == 0)
        {
            Warn($"The point of '{measurement}' has no fields, so nothing was written.");
            return;
        }

        List<KeyValuePair<string, DataValue>> fields = [];
        List<OmittedMember> notFinites = [];
        foreach ((string name, object? value) in PowerShellValue.Entries(given))
        {
            Try(() => AddField(fields, notFinites, name, value), name);
        }

        if (fields.Count == 0)
        {
            if (notFinites.Count > 0)
            {
                throw new InvalidValueException($"The field '{notFinites[0].Name}' is {notFinites[0].Number.ToString(CultureInfo.InvariantCulture)}, which JSON cannot hold. No field is left, so nothing was written.", notFinites[0].Name);
            }

            return;
        }

        _omitted!.Add(notFinites);
        LogPoint point = new(new DataObject([.. fields]), NamedFields.Of(tags, _omitted!));
        if (IsVerbose && !Target.Channels.Any(channel => channel.Name == measurement))
        {
            WriteVerbose($"The first point of '{measurement}' declares the measurement, with any fields and tags.");
        }

        OperationTrace.Current?.Add($"Logged {measurement}: {point.ToValue()}");
        foreach (RejectedField rejected in Target.WritePoints(measurement, [(t, point)], OnInvalid.RejectInvalid))
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
