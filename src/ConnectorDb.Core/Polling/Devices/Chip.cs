namespace ConnectorDb.Core.Polling.Devices;

/// <summary>A sensor that measures once a second when it is switched on.</summary>
/// <param name="Address">The address on the I²C bus.</param>
/// <param name="Identity">The content of its register 0x0F.</param>
/// <param name="SwitchedOn">The content of control register 0x20: power on, one measurement per second, no update while being read.</param>
/// <param name="Fresh">The bits of status register 0x27 that are set when a measurement is available.</param>
internal sealed record Chip(string Name, byte Address, byte Identity, byte SwitchedOn, byte Fresh)
{
    private const byte IdentityRegister = 0x0F;
    private const byte Control = 0x20;
    private const byte Status = 0x27;
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50);

    /// <summary>Switches the chip on if necessary, and waits for a measurement.</summary>
    /// <exception cref="NotAvailableException">There is no chip, or another one, at this address.</exception>
    public async ValueTask PrepareAsync(IRegisters registers, TimeProvider time, CancellationToken cancellation)
    {
        byte identity = registers.Read(IdentityRegister, 1)[0];
        if (identity != Identity)
        {
            throw new NotAvailableException($"The chip at the I²C address 0x{Address:X2} is no {Name}: it calls itself 0x{identity:X2}. Is there a Sense HAT on this machine?", Name);
        }

        if (registers.Read(Control, 1)[0] == SwitchedOn)
        {
            return;
        }

        registers.Write(Control, SwitchedOn);
        while ((registers.Read(Status, 1)[0] & Fresh) != Fresh)
        {
            await Task.Delay(s_patience, time, cancellation).ConfigureAwait(false);
        }
    }
}
