BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Measure-CdbCommand' {
    It 'passes through what the script gives, and logs the duration' {
        Measure-CdbCommand timed { 1; 2 } | Should -Be @(1, 2)
        { Measure-CdbCommand timed { throw 'broken' } } | Should -Throw 'broken'
        (Sync-CdbLogger).Sent | Should -Be 2
    }
}
