using System.Globalization;

namespace ConnectorDb.Contracts;

/// <summary>A datapoint that an append did not store.</summary>
/// <param name="Index">Its index in the block, from 0.</param>
public readonly record struct RejectedDatapoint(int Index, CdbException Error)
{
    /// <summary>The problem with the datapoint, without its index.</summary>
    public string Reason => (Error as IDatapointFault)?.Reason ?? Error.Message;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}: {Reason}");
}
