using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ConnectorDb.Core.Polling.Devices;

/// <summary>A chip on the I²C bus of Linux, <c>/dev/i2c-N</c>.</summary>
internal sealed partial class I2cRegisters : IRegisters
{
    /// <summary>I2C_SLAVE of linux/i2c-dev.h: selects the address of the chip.</summary>
    private const nuint SetAddress = 0x0703;

    /// <summary>The bit in a register number that makes the chips of the Sense HAT advance to the next register.</summary>
    private const byte GoOn = 0x80;

    private readonly FileStream _bus;

    /// <exception cref="IOException">The bus does not exist or cannot be used.</exception>
    public I2cRegisters(int bus, byte address)
    {
        _bus = new FileStream($"/dev/i2c-{bus}", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        if (Control(_bus.SafeFileHandle, SetAddress, address) < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            _bus.Dispose();
            throw new IOException($"the I²C bus {bus} does not let the address 0x{address:X2} be used (error {error})");
        }
    }

    public byte[] Read(byte first, int count)
    {
        _bus.Write([(byte)(first | GoOn)]);
        byte[] content = new byte[count];
        _bus.ReadExactly(content);
        return content;
    }

    public void Write(byte register, byte value) => _bus.Write([register, value]);

    public void Dispose() => _bus.Dispose();

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, nuint request, nuint argument);
}
