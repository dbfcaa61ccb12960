BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Clear-CdbLogger' {
    It 'deletes the waiting entries' {
        Write-CdbLog numbers 1
        Clear-CdbLogger -Confirm:$false
        $logger.Cached | Should -Be 0
    }
}
