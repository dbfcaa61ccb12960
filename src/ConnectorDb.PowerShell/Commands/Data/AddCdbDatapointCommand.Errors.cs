using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using ConnectorDb.Core.Client.Buffering;
using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Commands.Data;

/// <content>What was not stored: a failure of the connection or of the store ends the cmdlet if there is one stream, other errors are reported and the rest follows.</content>
public sealed partial class AddCdbDatapointCommand
{
    /// <summary>Reports a stream that cannot be opened.</summary>
    private void Refuse(CdbException error) => WriteError(ErrorRecords.Of(error, Stream));

    /// <summary>The error of a stream from the pipeline in the place of a value, after which the user probably gave the value as the stream.</summary>
    private InvalidValueException NotAValue(CdbStream stream)
    {
        string value = !_isOneStream ? "21.5" : double.TryParse(Stream, CultureInfo.InvariantCulture, out _) ? Stream : $"'{CodeGeneration.EscapeSingleQuotedStringContent(Stream)}'";
        string copy = !_isOneStream ? "" : $" To copy the datapoints of '{stream.Path}': Get-CdbDatapoint {stream.Path} | Add-CdbDatapoint -Stream {Stream}.";
        return new($"The pipeline has the stream '{stream.Path}', and a stream is not a value. Name the value: Get-CdbStream {stream.Path} | Add-CdbDatapoint -Value {value}.{copy}", stream);
    }

    /// <summary>Reports an object that is no datapoint. If errors end the pipeline, the datapoints before it are stored first.</summary>
    private void Skip(InvalidValueException error, StreamTarget stream, object? item)
    {
        long? stored = null;
        if (StopsAtError)
        {
            _streams!.CompleteRows();
            Flush();
            stored = _streams!.Written;
        }

        WriteError(ErrorRecords.Of(Rejection.Describe(error, stream.Buffer.Path, stream.Buffer.Skip(error), stored, stream.Buffer.HasOnlyOne), item));
    }

    /// <summary>Reports rejected datapoints and failed streams. A failure ends the cmdlet if there is one stream, which exists; others continue.</summary>
    private void Report()
    {
        while (_buffer!.TryGetError(out BufferedError? error))
        {
            ErrorRecord record = BufferedErrorRecords.Of(error, _isOneStream ? Stream : null);
            if (_isOneStream && error.Point is null && error.Error is not (NotFoundException or PermissionDeniedException))
            {
                ThrowTerminatingError(record);
            }

            WriteError(record);
        }
    }
}
