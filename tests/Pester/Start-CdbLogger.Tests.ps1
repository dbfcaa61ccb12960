BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Start-CdbLogger' {
    It 'sends in the background' {
        $other = Start-CdbLogger (Join-Path $TestDrive 'other.db')
        $other.IsRunning | Should -BeTrue
        Stop-CdbLogger $other
        $other.IsOpen | Should -BeFalse
    }
}
