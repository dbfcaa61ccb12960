using System.Buffers;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Server.Api;

/// <summary>How datapoints are written.</summary>
internal interface IDatapointFormat
{
    string ContentType { get; }

    void Begin(IBufferWriter<byte> body);

    void Write(IBufferWriter<byte> body, Block block);

    void End(IBufferWriter<byte> body);

    /// <summary>Says why nothing follows, where the format has a place for it.</summary>
    void Break(IBufferWriter<byte> body, Failure failure);
}
