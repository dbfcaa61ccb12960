BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Sync-CdbLogger' {
    It 'sends what waits and says so' {
        1, 2, 3 | Write-CdbLog numbers
        $result = Sync-CdbLogger
        $result.Sent | Should -Be 3
        $result.ExitCode | Should -Be 0
        Get-Content $lines | Should -HaveCount 3
    }
}
