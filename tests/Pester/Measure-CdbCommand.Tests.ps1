BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Measure-CdbCommand' {
    It 'passes output through and logs the duration' {
        Measure-CdbCommand timed { 1; 2 } | Should -Be @(1, 2)
        { Measure-CdbCommand timed { throw 'broken' } } | Should -Throw 'broken'
        (Sync-CdbLogger).Sent | Should -Be 2
    }

    It 'takes the script first as well' {
        Measure-CdbCommand { 3 } timed | Should -Be 3
        { 4 } | ForEach-Object { Measure-CdbCommand $_ -Measurement timed } | Should -Be 4
        (Sync-CdbLogger).Sent | Should -Be 2
    }

    It 'shows the messages of the start and the end, also when the script fails' {
        try { Measure-CdbCommand timed { throw 'broken' } -LogStart begins -LogEnd ended -InformationVariable told } catch { "$_" | Should -Be broken }
        $told | Should -Be begins, ended
        Measure-CdbCommand timed { } -Verbose 4>&1 | Should -BeLike "*timed*"
    }

    It 'throws the error of the script also when the duration cannot be written' {
        Add-CdbLoggerMeasurement narrow -Field other
        { Measure-CdbCommand narrow { throw 'inner' } -ErrorAction SilentlyContinue -ErrorVariable script:unwritten } | Should -Throw 'inner'
        "$unwritten" | Should -BeLike "*without the field 'duration'*"
    }

    It 'returns the duration with -PassThru, and writes an event with -EventTag' {
        Measure-CdbCommand timed { } -PassThru | Should -BeOfType [timespan]
        Measure-CdbCommand timed { } -EventTag @{ job = 'j' }
        $null = Sync-CdbLogger
        Get-Content $lines | Where-Object { $_ -like '*"channel":"events"*' } | Should -HaveCount 1
    }
}
