namespace ConnectorDb.Core.Polling.Devices;

/// <summary>The registers of a chip.</summary>
internal interface IRegisters : IDisposable
{
    /// <summary>Reads consecutive registers.</summary>
    byte[] Read(byte first, int count);

    void Write(byte register, byte value);
}
